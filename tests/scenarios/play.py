# SPDX-License-Identifier: Apache-2.0
"""The node of a scenario: orders real signed envelopes and distrusts what comes of them.

After every block all invariants are walked, a refusal must have changed nothing, and at the end the
whole list of blocks must replay to the same entries.
"""

import hashlib
from dataclasses import dataclass, field

import msgspec

from lejar.domain.consent.invariants import for_all as consent_for_all
from lejar.domain.money.deposits import claims_are_on_their_bank
from lejar.domain.money.intraday.invariants import for_all as intraday_for_all
from lejar.domain.money.purpose_bound import what_is_bound_is_held
from lejar.domain.policy import LimitNo, RetailNo, RuleNo
from lejar.domain.reconciliation.invariants import unresolved_breaks_are_counted
from lejar.domain.servicing.invariants import for_all as servicing_for_all
from lejar.kernel.apply import apply, found
from lejar.kernel.codec import encode
from lejar.kernel.entry import Block, Receipt, read_receipt
from lejar.kernel.envelope import Body, Command, is_well_signed, opened, sealed
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.kernel.refusal import KernelRefusal
from lejar.kernel.state import State
from lejar.ledger.invariants import for_all
from tests.scenarios.network import MACHINE, RULEBOOK, Network, founder_names, founding
from tests.scenarios.values import seed_of

RULES_REFUSALS = frozenset(no.code for no in (*RuleNo, *RetailNo, *LimitNo))
"""Any command that moves something may be answered by a rule of an adopted pack, by the tier of a
retail holder, or by a limit that a central bank has set on one account."""
SIGNERS_REFUSALS = frozenset(
    (
        "signer_unknown",
        "signer_suspended",
        "key_unknown",
        "role_missing",
        "threshold_unmet",
        "maker_is_checker",
        "consent_missing",
    )
)
KERNEL_REFUSALS = frozenset(refusal.code for refusal in KernelRefusal)


@dataclass(slots=True)
class Send:
    """One command as a test signs it; the last three fields bend the envelope."""

    command: Command
    signers: tuple[tuple[bytes, str], ...]
    """(party, name of the key) pairs."""
    valid_until: int | None = None
    network: bytes | None = None
    command_id: bytes | None = None


@dataclass(slots=True)
class Play:
    """One network from its genesis, and all that happened on it."""

    kind: Network = "test"
    state: State = field(default_factory=State)
    names: dict[str, bytes] = field(default_factory=founder_names)
    clock: int = 0
    scope: str = "market"
    market_blocks: int = 0
    """How many blocks the usual market took."""
    blocks: list[Block] = field(default_factory=list)
    digests: list[tuple[bytes, ...]] = field(default_factory=list)
    """For each block, the digests of its receipts."""
    receipts: list[Receipt] = field(default_factory=list)

    def __post_init__(self) -> None:
        genesis = founding(self.kind)
        found(RULEBOOK, self.state, genesis)
        self.clock = genesis.begins_at

    @property
    def network(self) -> bytes:
        """The network's id."""
        return founding(self.kind).network

    def seal(self, send: Send) -> bytes:
        """Sign a command and give the envelope's bytes; id and salt come from its place."""
        place = f"{self.scope}/{len(self.blocks) + 1}"
        body = Body(
            1,
            send.network or self.network,
            send.command_id or hashlib.sha256(f"command/{place}".encode()).digest()[:16],
            self.clock + MICROS_PER_HOUR if send.valid_until is None else send.valid_until,
            hashlib.sha256(f"salt/{place}".encode()).digest(),
            msgspec.Raw(encode(send.command)),
        )
        signers = [(party, seed_of(key_name)) for party, key_name in send.signers]
        data = sealed(body, signers)
        assert is_well_signed(opened(data)), "a door would not have let this envelope in"
        return data

    def order(self, *envelopes: bytes) -> list[Receipt]:
        """Order one block at the present clock and check what every block must keep."""
        block = Block(self.state.block + 1, self.clock, envelopes)
        before = dict(self.state.records)
        applied = apply(RULEBOOK, self.state, block, self.network)
        receipts = [read_receipt(entry.receipt) for entry in applied.entries]
        for_all(self.state)
        consent_for_all(self.state)
        servicing_for_all(self.state)
        claims_are_on_their_bank(self.state)
        what_is_bound_is_held(self.state)
        intraday_for_all(self.state)
        unresolved_breaks_are_counted(self.state)
        self.blocks.append(block)
        self.digests.append(tuple(entry.digest for entry in applied.entries))
        self.receipts.extend(receipts)
        if all(receipt.refusal is not None and any(receipt.envelope) for receipt in receipts):
            assert self.state.records == before, "a refusal changed something"
        for receipt in receipts:
            _told_in_advance(receipt)
        return receipts

    def replayed(self) -> list[tuple[bytes, ...]]:
        """Run every block again from the genesis and give the digests of the receipts."""
        state = State()
        found(RULEBOOK, state, founding(self.kind))
        digests = [
            tuple(entry.digest for entry in apply(RULEBOOK, state, block, self.network).entries)
            for block in self.blocks
        ]
        assert state.records == self.state.records, "a replay gave another state"
        return digests

    def rebuilt(self) -> State:
        """Give a copy whose derived tables were filled anew, as after loading a snapshot."""
        copy = State()
        copy.load(
            (key, record)
            for key, record in sorted(self.state.records.items())
            if key[0] in MACHINE.committed
        )
        for module in MACHINE.modules:
            if module.rebuild is not None:
                module.rebuild(copy)
        return copy


def _told_in_advance(receipt: Receipt) -> None:
    """What a command was refused for stands in its verb's list, so that people can know it."""
    if receipt.refusal is None:
        return
    code, verb = receipt.refusal.code, MACHINE.verb_named(receipt.command)
    allowed = KERNEL_REFUSALS | SIGNERS_REFUSALS | RULES_REFUSALS
    if verb is not None and not verb.command.__module__.endswith(".paper"):
        told = {refusal.code for refusal in verb.refusals}
        assert code in allowed | told, f"{receipt.command} does not list the refusal {code}"
