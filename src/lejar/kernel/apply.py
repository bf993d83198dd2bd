# SPDX-License-Identifier: Apache-2.0
"""The whole state machine: a block goes in, entries come out.

Same block, same state, same result on every machine and every Python version we support.  Due work
runs first, then the envelopes in their order; whatever is ordered leaves exactly one entry.
"""

import hashlib
from typing import Any

import msgspec

from lejar.kernel import mandate, schedule
from lejar.kernel.codec import encode
from lejar.kernel.digest import ZERO
from lejar.kernel.draft import Draft, UpperDraft
from lejar.kernel.entry import Applied, Block, Entry, Receipt, Refusal, receipt_salt
from lejar.kernel.envelope import Body, Opened, opened
from lejar.kernel.failure import Broken, Malformed, must
from lejar.kernel.genesis import Genesis
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.mandate import Carried, Mandate
from lejar.kernel.module import Machine, Verb
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR
from lejar.kernel.refusal import KernelRefusal, Refused
from lejar.kernel.rulebook import Rulebook
from lejar.kernel.state import State

VALIDITY_MAX = MICROS_PER_DAY
GRACE = MICROS_PER_HOUR
"""An id is remembered so long beyond its validity: a late resend learns that it was done."""
NO_ID = bytes(16)

_raw = msgspec.Raw


class Run:
    """One block under way: what is gathered while its entries are made."""

    def __init__(self, machine: Machine, state: State, network: bytes) -> None:
        self.machine = machine
        self.state = state
        self.network = network
        self.entries: list[Entry] = []
        self.touched: dict[bytes, None] = {}
        self.salts: list[bytes] = []


def apply(rulebook: Rulebook, state: State, block: Block, network: bytes) -> Applied:
    """Run the due work and every envelope of a block against the state."""
    must(block.number == state.block + 1, "blocks come in order, each once")
    must(block.at >= state.ordered_at, "a block is never earlier than its parent")
    machine = rulebook.at(state.entry + 1)
    state.block, state.ordered_at = block.number, block.at
    state.at = max(state.at, block.at + machine.time_offset(state))
    state.memory.forget(block.at)
    run = Run(machine, state, network)
    for key, due in list(schedule.due_now(state)):
        if schedule.DUE.get(state, key) is not None:  # earlier due work may have taken it back
            _perform_due(run, key, due)
    for data in block.envelopes:
        _perform(run, data)
    secret = hashlib.sha256(b"".join(run.salts)).digest()
    return Applied(tuple(run.entries), run.touched, secret)


def found(rulebook: Rulebook, state: State, genesis: Genesis) -> dict[bytes, None]:
    """Write the first state; gives the keys it touched."""
    machine = rulebook.at(1)
    state.at = state.ordered_at = genesis.begins_at
    draft = Draft(state, genesis.network)
    for module in machine.modules:
        if module.genesis is not None:
            module.genesis(draft, genesis)
    for holds in machine.invariants:
        holds(draft)
    state.absorb(draft.writes)
    return dict.fromkeys(draft.writes)


def attempt(machine: Machine, draft: Draft, envelope: Opened) -> str:
    """Authorise, ask the rules, run the handler, check the invariants; gives the verb's name.

    Raises `Refused`.  A dry run and an execution are this one function.
    """
    draft.signatures = envelope.signatures
    name = carry_out(machine, draft, envelope.body.command, None)
    for holds in machine.invariants:
        holds(draft)
    return name


def carry_out(
    machine: Machine, draft: Draft, data: bytes | msgspec.Raw, given: Mandate | None
) -> str:
    """Read a command, ask who stands behind it, run its handler; gives the verb's name.

    What somebody signed and what a mandate was given for pass here, so their rules cannot differ.
    """
    try:
        command = machine.read_command(data)
    except Malformed:
        raise Refused(KernelRefusal.COMMAND_UNREADABLE) from None
    verb = machine.verbs[type(command)]
    try:
        if given is None:
            if verb.carries is not None:
                draft.carried = carried(machine, verb, command)
            draft.signers = machine.authorize(draft, draft.signatures, verb, command)
        else:
            draft.signers, draft.authority = given.signers, given.authority
        verb.handler(draft, command)
    except Refused as refused:
        refused.facts["command"] = verb.name
        raise
    return verb.name


def carried(machine: Machine, verb: Verb, command: Any) -> Carried | None:
    """Describe the command that a command carries; none for one that is unknown or carries too."""
    try:
        inner = machine.read_command(verb.carries(command) if verb.carries is not None else b"")
    except Malformed:
        return None
    found = machine.verbs[type(inner)]
    return None if found.carries is not None else found.as_carried(inner)


def admit(state: State, body: Body, network: bytes) -> None:
    """Refuse what is for another network, a repetition, too late, or too long valid."""
    if body.network != network:
        raise Refused(KernelRefusal.NETWORK_WRONG, expected=network)
    first = state.memory.entries.get(body.command_id)
    if first is not None:
        raise Refused(KernelRefusal.COMMAND_DUPLICATE, entry=first)
    if body.valid_until < state.ordered_at:
        raise Refused(KernelRefusal.COMMAND_EXPIRED, ordered_at=state.ordered_at)
    if body.valid_until > state.ordered_at + VALIDITY_MAX:
        raise Refused(KernelRefusal.VALIDITY_TOO_LONG, ordered_at=state.ordered_at)


def _perform(run: Run, data: bytes) -> None:
    try:
        envelope = opened(data)
    except Malformed:
        unreadable = Refused(KernelRefusal.ENVELOPE_UNREADABLE)
        _seal(run, Draft(run.state, NO_ID), unreadable, "", data, ZERO)
        return
    state, body = run.state, envelope.body
    draft = Draft(state, body.command_id, body.valid_until)
    refused: Refused | None = None
    name = ""
    try:
        admit(state, body, run.network)
        try:
            name = attempt(run.machine, draft, envelope)
        finally:
            # An id belongs to whoever could sign: nobody else's envelope must use it up.
            known = body.command_id if draft.signers else stand_in(data)
            state.memory.remember(known, body.valid_until + GRACE, state.entry + 1)
    except Refused as caught:
        refused = caught
        name = str(refused.facts.pop("command", ""))
    _seal(run, draft, refused, name, data, body.salt)


def stand_in(data: bytes) -> bytes:
    """Give what an envelope is remembered by while nobody has validly signed it: its digest."""
    return hashlib.sha256(data).digest()[:ID_BYTES]


def _perform_due(run: Run, key: bytes, due: schedule.Due) -> None:
    work_id = key[schedule.MOMENT_BYTES :]
    moment = int.from_bytes(key[: schedule.MOMENT_BYTES], "big")
    draft = Draft(run.state, work_id, moment)
    schedule.DUE.remove(draft, key)
    refused: Refused | None = None
    name = due.kind
    try:
        if name == mandate.KIND:
            name = _enact(run.machine, draft, due.payload)
        else:
            run.machine.due[name](draft, due.payload)
    except Refused as caught:
        refused = caught
        draft = Draft(run.state, work_id)
        run.state.absorb({schedule.DUE.prefix + key: None})
        run.touched[schedule.DUE.prefix + key] = None
    for holds in run.machine.invariants:
        holds(draft)
    _seal(run, draft, refused, name, b"", ZERO)


def _enact(machine: Machine, draft: Draft, authority: bytes) -> str:
    """Carry out a mandated command; gives its name, or the mandate's kind if it was refused.

    A refusal drops the command's own draft; the entry stands and says what became of the mandate.
    """
    if machine.mandates is None:
        raise Broken("no module keeps mandates, and one is due")
    upper = UpperDraft(draft)
    refused: Refused | None = None
    name = mandate.KIND
    try:
        given = machine.mandates.counted(draft, authority)
        draft.signers = given.signers
        name = carry_out(machine, upper, given.command, given)
    except Refused as caught:
        caught.facts.pop("command", None)
        refused = caught
    else:
        draft.take(upper)
    machine.mandates.became(draft, authority, refused)
    return name


def _seal(
    run: Run, draft: Draft, refused: Refused | None, name: str, data: bytes, salt: bytes
) -> None:
    state = run.state
    if refused is None:
        state.absorb(draft.writes)
        run.touched.update(dict.fromkeys(draft.writes))
    state.entry += 1
    receipt = Receipt(
        state.entry,
        state.block,
        state.at,
        draft.command_id,
        name,
        hashlib.sha256(data).digest() if data else ZERO,
        draft.signers,
        None if refused is None else noted(refused),
        () if refused else packed(draft.events),
        () if refused else tuple(draft.postings),
    )
    if state.observer is not None:
        state.observer.sealed(receipt)
    run.salts.append(salt)
    run.entries.append(Entry(state.entry, draft.command_id, receipt_salt(salt), encode(receipt)))


def packed(events: list[Any]) -> tuple[msgspec.Raw, ...]:
    """Encode events as a receipt carries them."""
    return tuple([_raw(encode(event)) for event in events])


def noted(refused: Refused) -> Refusal:
    """Write a refusal as a receipt carries it."""
    facts = tuple(
        (name, value.hex() if isinstance(value, bytes) else value)
        for name, value in sorted(refused.facts.items())
    )
    return Refusal(refused.refusal.code, facts)
