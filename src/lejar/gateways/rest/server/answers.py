# SPDX-License-Identifier: Apache-2.0
"""Responses: JSON, problems, and the headers that each must carry."""

from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from lejar.gateways.rest.codec import json_of
from lejar.gateways.rest.endpoints import JSON, PROBLEM
from lejar.gateways.rest.explaining import problem_of, refusal_problem
from lejar.gateways.rest.language import Language, preferred
from lejar.gateways.rest.messages import Problem
from lejar.gateways.rest.problems import Stopped
from lejar.kernel.entry import Receipt
from lejar.reference.wording import About

RETRY_SECONDS: Final = {"busy": "1", "closed": "30", "unavailable": "5", "streams_full": "30"}
"""How long a caller should wait, by problem."""
ENTRY_HEADER: Final = "Lejar-Entry"


def language_of(request: Request) -> Language:
    """Give the language that the caller prefers."""
    return preferred(request.headers.get("accept-language"))


def json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer JSON; nothing here is kept by caches, since reads depend on the entry and reader."""
    return Response(json_of(value), status, _headers(headers or {}), media_type=JSON)


def page(items: list[object], following: str | None, as_at: int) -> Response:
    """Answer a page of a list, with the entry that it stands at also in a header."""
    body = {"items": items, "next": following, "as_at": as_at}
    return json(body, headers={ENTRY_HEADER: str(as_at)})


def problem(stopped: Stopped, request: Request) -> Response:
    """Answer a problem of this gateway."""
    language = language_of(request)
    retry = RETRY_SECONDS.get(stopped.code)
    more = {"Retry-After": retry} if retry is not None else {}
    return explained(problem_of(stopped, language), language, {**more, **stopped.headers})


def refused(receipt: Receipt, about: About, request: Request) -> Response:
    """Answer a refusal by the rules of the hub."""
    language = language_of(request)
    return explained(refusal_problem(receipt, language, about), language, {})


def explained(body: Problem, language: Language, headers: dict[str, str]) -> Response:
    """Answer a problem document in a language."""
    said = {"Content-Language": language, "Vary": "Accept-Language", **headers}
    return Response(msgspec.json.encode(body), body.status, _headers(said), media_type=PROBLEM)


def _headers(more: dict[str, str]) -> dict[str, str]:
    return {"Cache-Control": "no-store", **more}
