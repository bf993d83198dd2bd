# SPDX-License-Identifier: Apache-2.0
"""A command id belongs to whoever could sign it: a stranger's copy must not use it up."""

import msgspec

from lejar.assembly import RULEBOOK
from lejar.domain.calendar.commands import Tick
from lejar.domain.identity import FoundingParty, IdentitySection, Key, PartyKind, Power, Role
from lejar.kernel.apply import apply, found
from lejar.kernel.codec import decode, encode
from lejar.kernel.entry import Block, Receipt, read_receipt
from lejar.kernel.envelope import Body, Envelope, Signed, sealed
from lejar.kernel.genesis import genesis
from lejar.kernel.signature import public_key_of
from lejar.kernel.state import State

SEED, NODE, STRANGER = bytes(32), b"the node's party", b"somebody unknown"
KEY = Key(public_key_of(SEED), (Role.OPERATE, Role.ADMINISTER))
FOUNDER = FoundingParty(NODE, PartyKind.SYSTEM, (KEY,), (), (Power.TICK,), ())
FIRST = genesis("ids", "test", 1_000_000, identity=IdentitySection((FOUNDER,)))


def envelope() -> bytes:
    """A tick of the node, well signed."""
    command = msgspec.Raw(encode(Tick()))
    return sealed(Body(1, FIRST.network, b"i" * 16, 2_000_000, b"s" * 32, command), [(NODE, SEED)])


def under_another_name(data: bytes) -> bytes:
    """The same body and signature, claimed by a party that does not exist."""
    seen = decode(data, Envelope)
    (one,) = seen.signatures
    return encode(Envelope(seen.body, (Signed(STRANGER, one.key, one.signature),)))


def receipts(*ordered: bytes) -> list[Receipt]:
    """Order envelopes in one block on a fresh network."""
    state = State()
    found(RULEBOOK, state, FIRST)
    applied = apply(RULEBOOK, state, Block(1, 1_000_000, ordered), FIRST.network)
    return [read_receipt(entry.receipt) for entry in applied.entries]


def test_a_copy_under_another_name_does_not_use_up_the_command_id() -> None:
    """The signature does not cover who claims it; the id must survive such a copy."""
    copy, original = receipts(under_another_name(envelope()), envelope())
    assert copy.refusal is not None
    assert copy.refusal.code == "signer_unknown"
    assert original.refusal is None


def test_a_second_envelope_with_a_signed_id_is_a_duplicate() -> None:
    """Once its owner has used an id, it is used, and the first entry is named."""
    first, second = receipts(envelope(), envelope())
    assert first.refusal is None
    assert second.refusal is not None
    assert (second.refusal.code, dict(second.refusal.facts)["entry"]) == ("command_duplicate", 1)
