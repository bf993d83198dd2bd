# SPDX-License-Identifier: Apache-2.0
"""`POST /v1/explanations`: what the rules allow of a purchase, for the buyer and supervisors."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from lejar.domain.policy.explain import Explanation, Question
from lejar.gateways.rest import authority
from lejar.gateways.rest.codec import form_of, read_json
from lejar.gateways.rest.endpoints import JSON
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json
from lejar.gateways.rest.server.served import Served

_QUESTION: Final = form_of(Question)
_EXPLANATION: Final = form_of(Explanation)


async def explain(served: Served, request: Request) -> Response:
    """Answer from the writer's own state: the gate's very rules, as they stand now."""
    reader = await served.known_reader(request)
    intake.media_type(request, JSON)
    limits = served.settings.limits
    data = await intake.body(request, limits.body_bytes, limits)
    question: Question = _QUESTION.read(read_json(data, _QUESTION.type), "$")
    account = await served.read(served.reads.account, question.account)
    if account is None or not authority.may_see_account(reader, account):
        raise Stopped("not_found")
    async with served.within():
        answered = await served.link.explain(question)
    if answered.explanation is None:
        raise Stopped("not_found")
    return json(_EXPLANATION.show(answered.explanation))


HANDLERS: Final = {"explain": explain}
