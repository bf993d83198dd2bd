# SPDX-License-Identifier: Apache-2.0
"""The files a page needs beside itself: one style sheet, one script, one icon.

They are read once and served from memory under a name that carries their digest, so a browser may
keep them for ever and an upgrade is seen at once. The style sheet is the design's files joined in
order; nothing is compiled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

ROOM: Final = Path(__file__).parent
COMPONENTS: Final = ROOM / "components"
LAYER_ORDER: Final = "@layer reset, tokens, base, layout, components;\n"
DESIGN_FILES: Final = ("tokens.css", "base.css", "layout.css")
FOR_EVER: Final = "public, max-age=31536000, immutable"
TAG_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in memory."""

    address: str
    body: bytes
    media_type: str


def component_names() -> tuple[str, ...]:
    """Return the names of the components, which are the names of their folders, in order."""
    return tuple(sorted(place.parent.name for place in COMPONENTS.glob("*/macro.html")))


def style_sheet() -> str:
    """Return the whole style sheet: layers first, then tokens, base, layout, components."""
    files = [ROOM / "design" / name for name in DESIGN_FILES]
    files += [COMPONENTS / name / "style.css" for name in component_names()]
    return LAYER_ORDER + "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def assets() -> Mapping[str, Asset]:
    """Return the assets by their plain name, such as `lejar.css`."""
    found = (
        _asset("lejar.css", style_sheet().encode(), "text/css; charset=utf-8"),
        _asset("live.js", (ROOM / "static/live.js").read_bytes(), "text/javascript; charset=utf-8"),
        _asset("favicon.svg", (ROOM / "static/favicon.svg").read_bytes(), "image/svg+xml"),
    )
    return MappingProxyType(dict(found))


def _asset(name: str, body: bytes, media_type: str) -> tuple[str, Asset]:
    stem, _, ending = name.rpartition(".")
    tag = sha256(body).hexdigest()[:TAG_LENGTH]
    return name, Asset(f"/static/{stem}-{tag}.{ending}", body, media_type)


def address(name: str) -> str:
    """Return where an asset is served; KeyError for a name that does not exist."""
    return assets()[name].address


def serve(request: Request) -> Response:
    """Answer `/static/{name}`; only the addresses that pages print exist."""
    wanted = f"/static/{request.path_params['name']}"
    for asset in assets().values():
        if asset.address == wanted:
            headers = {"Cache-Control": FOR_EVER}
            return Response(asset.body, media_type=asset.media_type, headers=headers)
    return PlainTextResponse("Not found.\n", status_code=404)
