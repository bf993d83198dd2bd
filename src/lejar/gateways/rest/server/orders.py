# SPDX-License-Identifier: Apache-2.0
"""What changes the hub, or would: prepare, submit, submit a batch, dry run."""

import secrets
from typing import Any, Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from lejar.gateways.rest import batch
from lejar.gateways.rest.batch import unanswered
from lejar.gateways.rest.codec import read_json
from lejar.gateways.rest.endpoints import ENVELOPE, ENVELOPES, JSON, OUTCOMES
from lejar.gateways.rest.explaining import refusal_problem
from lejar.gateways.rest.mapping import envelope_bytes, envelope_of, prepared, receipt_message
from lejar.gateways.rest.messages import DryRun, EnvelopeMessage, Outcome, Outcomes, PrepareRequest
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json, language_of, refused
from lejar.gateways.rest.server.served import Served
from lejar.kernel import identifiers
from lejar.kernel.digest import sha256
from lejar.kernel.entry import Entry, Receipt, read_entry, read_receipt
from lejar.kernel.envelope import FORMAT, Body, Opened
from lejar.kernel.failure import Malformed
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.node.wire import Outcome as WriterSays

SALT_BYTES: Final = 32
_messages: Final = list[EnvelopeMessage]
_read_batch: Final = msgspec.msgpack.Decoder(list[bytes]).decode


async def prepare(served: Served, request: Request) -> Response:
    """Make the bytes to sign; ids and salts that the caller leaves open are fresh and random."""
    intake.media_type(request, JSON)
    limits = served.settings.limits
    asked = read_json(await intake.body(request, limits.body_bytes, limits), PrepareRequest)
    default = Body(
        FORMAT,
        served.settings.network,
        secrets.token_bytes(ID_BYTES),
        served.settings.now() + MICROS_PER_HOUR,
        secrets.token_bytes(SALT_BYTES),
        msgspec.Raw(b""),
    )
    return json(prepared(asked, default))


async def submit(served: Served, request: Request) -> Response:
    """Order one envelope and answer when it is sealed."""
    opened = await _one_envelope(served, request)
    async with served.within():
        (answer,) = await served.link.submit([(opened.body.command_id, opened.data)])
    if answer.record is None:
        word = unanswered(answer.outcome)
        served.metrics.envelopes.labels(word).inc()
        raise Stopped(word, await _why_closed(served, word))
    entry: Entry = read_entry(answer.record)
    receipt: Receipt = read_receipt(entry.receipt)
    is_resend = answer.outcome is WriterSays.KNOWN
    if is_resend and receipt.envelope != sha256(opened.data):
        raise Stopped("command_id_taken", f"It was ordered as entry {receipt.number}.")
    return await _sealed(served, request, receipt, is_resend=is_resend)


async def _sealed(
    served: Served, request: Request, receipt: Receipt, *, is_resend: bool
) -> Response:
    if receipt.refusal is not None:
        served.metrics.envelopes.labels("refused").inc()
        return refused(receipt, await served.about(receipt), request)
    served.metrics.envelopes.labels("accepted").inc()
    place = f"/v1/receipts/{identifiers.show('command', receipt.command_id)}"
    return json(receipt_message(receipt), 200 if is_resend else 201, {"Location": place})


async def _one_envelope(served: Served, request: Request) -> Opened:
    media = intake.media_type(request, JSON, ENVELOPE)
    limits = served.settings.limits
    data = await intake.body(request, limits.body_bytes, limits)
    if media == JSON:
        data = envelope_of(data)
    return await served.admit(data)


async def _why_closed(served: Served, outcome: str) -> str:
    """Give the writer's own reason, where it has one."""
    if outcome != "closed":
        return ""
    return (await served.link.status()).reason or ""


async def submit_batch(served: Served, request: Request) -> Response:
    """Order many envelopes; each has its own outcome, in the order in which it was sent."""
    media = intake.media_type(request, JSON, ENVELOPES)
    limits = served.settings.limits
    data = await intake.body(request, limits.batch_bytes, limits)
    admitted = await run_in_threadpool(_admitted, served, data, is_json=media == JSON)
    rows = await _ordered(served, admitted)
    for row in rows:
        served.metrics.envelopes.labels(row[0]).inc()
    headers = {"Cache-Control": "no-store"}
    if any(row[0] in {"busy", "closed"} for row in rows):
        headers["Retry-After"] = "1"
    if media == JSON:
        return json(Outcomes([Outcome(*row) for row in rows]), headers=headers)
    return Response(msgspec.msgpack.encode(rows), 200, headers, media_type=OUTCOMES)


async def _ordered(served: Served, admitted: batch.Admitted) -> list[batch.Row]:
    if not admitted.envelopes:
        return batch.answered(admitted, [])
    async with served.within():
        answers = await served.link.submit(admitted.envelopes)
    return batch.answered(admitted, answers)


def _admitted(served: Served, data: bytes, *, is_json: bool) -> batch.Admitted:
    """Decode the batch and ask the door; runs in a thread, where the arithmetic frees the loop."""
    items = _from_json(data) if is_json else _from_msgpack(data)
    most = served.settings.limits.batch_envelopes
    if len(items) > most:
        raise Stopped("body_too_large", f"At most {most} envelopes; this had {len(items)}.")
    return batch.admitted(served.door, items)


def _from_msgpack(data: bytes) -> list[bytes]:
    try:
        return _read_batch(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"This is not a MessagePack array of byte strings: {error}") from None


def _from_json(data: bytes) -> list[bytes]:
    messages: list[Any] = read_json(data, _messages)
    items: list[bytes] = []
    for message in messages:
        try:
            items.append(envelope_bytes(message))
        except Malformed:
            items.append(b"")  # which the door turns away in its place
    return items


async def dry_run(served: Served, request: Request) -> Response:
    """Say what would become of an envelope now."""
    opened = await _one_envelope(served, request)
    async with served.within():
        receipt = await served.link.dry_run(opened.data)
    if receipt.refusal is None:
        return json(DryRun("accepted", receipt_message(receipt), None))
    about = await served.about(receipt)
    said = refusal_problem(receipt, language_of(request), about, ordered=False)
    return json(
        DryRun("refused", receipt_message(receipt), said), headers={"Vary": "Accept-Language"}
    )


HANDLERS: Final = {
    "prepare": prepare,
    "submit": submit,
    "submit_batch": submit_batch,
    "dry_run": dry_run,
}
