# SPDX-License-Identifier: Apache-2.0
"""Reading what a request carries: bodies within bounds, ids, cursors, limits."""

import asyncio
import re
from typing import Final

from starlette.requests import ClientDisconnect, Request

from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.settings import Limits
from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.proofs.tiles import Tile, parse_path

PAGE_ROWS: Final = 50
NUMBER_MAX: Final = 2**53 - 1
CURSOR_MAX: Final = 200
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


def media_type(request: Request, *known: str) -> str:
    """Give the media type of the body, which must be one of those known, unencoded."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if given not in known or encoding != "identity":
        raise Stopped("media_type_unknown", f"This address takes: {', '.join(known)}.")
    return given


async def body(request: Request, bytes_max: int, limits: Limits) -> bytes:
    """Give the body; stop as soon as it is too large or too slow."""
    stated = request.headers.get("content-length", "0")
    if not (stated.isascii() and stated.isdigit()) or int(stated[:16]) > bytes_max:
        raise Stopped("body_too_large", f"At most {bytes_max} bytes.")
    read = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                read += chunk
                if len(read) > bytes_max:
                    raise Stopped("body_too_large", f"At most {bytes_max} bytes.")
    except TimeoutError:
        raise Stopped("body_slow") from None
    except ClientDisconnect:
        raise Malformed("The connection ended before the body did.") from None
    return bytes(read)


def path_id(request: Request, name: str, kind: str) -> bytes:
    """Give an id of the path; what cannot be an id answers like an id that does not exist."""
    try:
        return identifiers.read(kind, request.path_params[name])
    except Malformed:
        raise Stopped("not_found") from None


def path_tile(request: Request) -> Tile:
    """Give the tile that a path names, in the layout of C2SP tlog-tiles."""
    try:
        tile = parse_path(f"tile/{request.path_params['tile_path']}")
    except ValueError:
        raise Stopped("not_found") from None
    if tile.level is None:
        raise Stopped("not_found")
    return tile


def path_number(request: Request, name: str) -> int:
    """Give a number of the path; what cannot be one answers like one that does not exist."""
    text = request.path_params[name]
    if _NUMBER.fullmatch(text) is None or int(text) > NUMBER_MAX:
        raise Stopped("not_found")
    return int(text)


def number(request: Request, name: str, default: int, *, least: int, most: int) -> int:
    """Give a query parameter that is a whole number within bounds."""
    text = request.query_params.get(name)
    return default if text is None else whole(text, f"$query.{name}", least=least, most=most)


def whole(text: str, place: str, *, least: int, most: int) -> int:
    """Read a whole number within bounds."""
    if _NUMBER.fullmatch(text) is None or not least <= int(text) <= most:
        raise Malformed(
            f"This is a whole number from {least} to {most}; this was '{text[:40]}' - at `{place}`"
        )
    return int(text)


def rows_wanted(request: Request, limits: Limits) -> int:
    """Give how many rows a page shall have."""
    return number(request, "limit", PAGE_ROWS, least=1, most=limits.page_rows)


def cursor(request: Request) -> str | None:
    """Give the cursor after which a page begins; none for the first page."""
    text: str | None = request.query_params.get("after")
    if text is not None and len(text) > CURSOR_MAX:
        raise Malformed("A cursor is handed back as it was - at `$query.after`")
    return text
