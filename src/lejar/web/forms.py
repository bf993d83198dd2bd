# SPDX-License-Identifier: Apache-2.0
"""Reading a small form that a page sent, within bounds, and where to go afterwards."""

from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FORM_BYTES_MAX: Final = 4096
FORM_FIELDS_MAX: Final = 8


async def read_form(request: Request) -> dict[str, str] | Response:
    """Return a form's fields, the first of each name; or the answer to one that is too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > FORM_BYTES_MAX:
            return PlainTextResponse("The form is too large.\n", status_code=413)
    try:
        form = parse_qs(body.decode("utf-8", errors="replace"), max_num_fields=FORM_FIELDS_MAX)
    except ValueError:
        return PlainTextResponse("The form has too many fields.\n", status_code=413)
    return {name: values[0] for name, values in form.items()}


def local_path(address: str) -> str:
    """Return an address of this hub unchanged, and `/` for any other (no open redirect)."""
    inside = address.startswith("/") and not address.startswith("//") and address.isprintable()
    return address if inside and "\\" not in address else "/"
