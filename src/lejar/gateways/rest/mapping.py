# SPDX-License-Identifier: Apache-2.0

"""Messages to commands, receipts to messages: every translation, and no I/O."""

import datetime

import msgspec

from lejar.assembly import MACHINE
from lejar.gateways.rest.codec import form_of, json_of, names, read_json, scalars
from lejar.gateways.rest.codec.carried import command_of
from lejar.gateways.rest.messages import (
    EntryMessage,
    EnvelopeMessage,
    GenesisMessage,
    PostingMessage,
    Prepared,
    PrepareRequest,
    Readable,
    ReceiptMessage,
    RefusalMessage,
)
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.views import Sealed
from lejar.kernel import identifiers
from lejar.kernel.codec import encode
from lejar.kernel.entry import Receipt, Refusal
from lejar.kernel.envelope import FORMAT, PREFIX, Body, Envelope, opened, read_body
from lejar.kernel.failure import Malformed
from lejar.kernel.genesis import Genesis
from lejar.node.door import Unsigned

ID_HEX_DIGITS = 2 * identifiers.ID_BYTES


def prepared(request: PrepareRequest, default: Body) -> Prepared:
    """Make the bytes of a readable command; `default` brings what the caller left open.

    What is shown is decoded back from the bytes, so that it is what a signature will cover.
    """
    verb = MACHINE.verb_named(request.command)
    if verb is None:
        raise Stopped("command_unknown", f"There is no command '{request.command}'.")
    command = command_of(verb, request.arguments, "$.arguments", form_of)
    body = Body(
        FORMAT,
        default.network,
        _or(request.command_id, default.command_id, "command"),
        _valid_until(request.valid_until, default.valid_until),
        bytes.fromhex(request.salt) if request.salt is not None else default.salt,
        msgspec.Raw(encode(command)),
    )
    data = encode(body)
    shown = readable(data)
    return Prepared(
        shown.network,
        shown.command_id,
        str(verb.role),
        scalars.show_base64(data),
        scalars.show_base64(PREFIX + data),
        shown,
    )


def _or(text: str | None, default: bytes, kind: str) -> bytes:
    return default if text is None else scalars.read_id((kind,), text, f"$.{kind}_id")


def _valid_until(given: datetime.datetime | None, default: int) -> int:
    moment = default if given is None else scalars.read_moment(given)
    if moment < 0:
        raise Malformed("An envelope's validity ends after 1970 - at `$.valid_until`")
    return moment


def readable(data: bytes) -> Readable:
    """Decode a body's bytes into what people read."""
    body: Body = read_body(data)
    command = MACHINE.read_command(body.command)
    form = form_of(type(command), tagged=False)
    return Readable(
        body.format,
        identifiers.show("network", body.network),
        identifiers.show("command", body.command_id),
        scalars.show_moment(body.valid_until),
        body.salt.hex(),
        MACHINE.verbs[type(command)].name,
        msgspec.Raw(json_of(form.show(command))),
    )


def envelope_of(data: bytes) -> bytes:
    """Give an envelope's canonical bytes from its JSON message."""
    return envelope_bytes(read_json(data, EnvelopeMessage))


def envelope_bytes(message: object, place: str = "$") -> bytes:
    """Give an envelope's canonical bytes; signatures are put in their order."""
    envelope: Envelope = form_of(Envelope).read(message, place)
    ordered = sorted(envelope.signatures, key=lambda one: one.party + one.key)
    return encode(Envelope(envelope.body, tuple(ordered)))


def malformation(data: bytes, malformed: Malformed, *, network: bytes) -> Stopped:
    """Say what the door found wrong: the bytes, the network, or a signature's arithmetic."""
    if isinstance(malformed, Unsigned):
        return Stopped("signature_invalid", str(malformed))
    try:
        foreign = opened(data).body.network != network
    except Malformed:
        foreign = False
    return Stopped("network_foreign" if foreign else "malformed", str(malformed))


def receipt_message(receipt: Receipt) -> ReceiptMessage:
    """Give a whole receipt."""
    return ReceiptMessage(
        receipt.number,
        receipt.block,
        scalars.show_moment(receipt.at),
        identifiers.show("command", receipt.command_id),
        receipt.command,
        "accepted" if receipt.refusal is None else "refused",
        None if receipt.refusal is None else refusal_message(receipt.refusal),
        receipt.envelope.hex(),
        [identifiers.show("party", signer) for signer in receipt.signers],
        [_event(raw) for raw in receipt.events],
        [
            PostingMessage(
                identifiers.show("account", posting.account),
                identifiers.show("asset", posting.asset),
                str(posting.amount),
            )
            for posting in receipt.postings
        ],
        scalars.show_base64(encode(receipt)),
    )


def _event(raw: msgspec.Raw) -> msgspec.Raw:
    """An event of an era that this version no longer reads is shown as its bytes."""
    try:
        event = MACHINE.read_event(raw)
    except Malformed:
        return msgspec.Raw(json_of({"type": "", "bytes": scalars.show_base64(bytes(raw))}))
    return msgspec.Raw(json_of(form_of(type(event)).show(event)))


def refusal_message(refusal: Refusal) -> RefusalMessage:
    """Give a refusal with its facts as people read them."""
    return RefusalMessage(refusal.code, {name: fact(name, value) for name, value in refusal.facts})


def fact(name: str, value: int | str | None) -> int | str | None:
    """Write one fact: ids that stand as hexadecimal get their prefix, moments their date."""
    if isinstance(value, int):
        if names.is_moment(name):
            return scalars.show_moment(value)
        return value if name in names.COUNTS else str(value)
    kinds = names.kinds_of(name)
    if value is not None and kinds and len(value) == ID_HEX_DIGITS:
        try:
            return scalars.show_id(kinds, bytes.fromhex(value))
        except ValueError:
            return value
    return value


def entry_message(sealed: Sealed, *, whole: bool) -> EntryMessage:
    """Give an entry's outcome, and its receipt where the reader may see it whole."""
    receipt = sealed.receipt
    return EntryMessage(
        receipt.number,
        receipt.block,
        scalars.show_moment(receipt.at),
        identifiers.show("command", receipt.command_id),
        receipt.command,
        "accepted" if receipt.refusal is None else "refused",
        None if receipt.refusal is None else receipt.refusal.code,
        sealed.leaf.hex(),
        None if sealed.directive is None else identifiers.show("directive", sealed.directive),
        receipt_message(receipt) if whole else None,
    )


def genesis_message(genesis: Genesis) -> GenesisMessage:
    """Give the network's beginning, with the bytes that its id is a digest of."""
    return GenesisMessage(
        identifiers.show("network", genesis.network),
        genesis.name,
        genesis.kind,
        scalars.show_moment(genesis.begins_at),
        [name for name, _ in genesis.sections],
        scalars.show_base64(encode(genesis)),
    )
