# SPDX-License-Identifier: Apache-2.0
"""The independent auditor: knows what was handed in and answered, and believes nothing else.

It follows the output log as any reader could, keeps its own books, computes the log's root and the
chain of seals itself, and stops the run when a promise is broken.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, Final, Protocol

import msgspec

from lejar.kernel.entry import Entry, Receipt, Seal, read_entry, read_receipt, read_seal
from lejar.kernel.failure import Malformed
from lejar.kernel.genesis import Genesis
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_MINUTE
from lejar.node.simulation.books import Books, Doing, No, Unexpected
from lejar.node.simulation.claim import ClaimBroken, claim
from lejar.node.simulation.closing import day_closes
from lejar.node.simulation.directing import DIRECTIVES, EXPIRES, directive_expires
from lejar.node.simulation.exchanging import SETTLEMENT, block_comes, value_date_comes
from lejar.node.simulation.merkle import root
from lejar.node.simulation.operating import OPERATING
from lejar.node.simulation.passing import queue_passes
from lejar.node.simulation.reading import READINGS
from lejar.node.simulation.settling import BLOCK, CLOSE, PASSES, VALUE_DATE

ZERO: Final = bytes(32)
ID_BYTES: Final = 16
DUE_PER_BLOCK_MAX: Final = 256
GRACE: Final = 3_600_000_000
"""An id is remembered for an hour after its validity."""
ADMINISTERING: Final = ("identity.rotate_keys", "identity.recover_keys")
PASSING: Final = ("network_wrong", "command_expired", "validity_too_long", "envelope_unreadable")
"""Refusals that are not remembered: the same bytes may be refused so more than once."""

_decode = msgspec.msgpack.Decoder().decode
_READINGS: Final = {**READINGS, **SETTLEMENT, **OPERATING, **DIRECTIVES}
_DUE: Final = {
    EXPIRES: directive_expires,
    VALUE_DATE: value_date_comes,
    BLOCK: block_comes,
    PASSES: queue_passes,
    CLOSE: day_closes,
}


class Request(msgspec.Struct, frozen=True):
    """One envelope as a client made it."""

    data: bytes
    command_id: bytes
    network: bytes
    valid_until: int
    command: Any
    signatures: tuple[tuple[bytes, bytes], ...]
    """(party, public key) pairs."""
    is_sound: bool
    """Whether a door should let it in; false when a signature was forged."""

    @property
    def digest(self) -> bytes:
        """What a receipt calls it by."""
        return hashlib.sha256(self.data).digest()


class SealedBatch(Protocol):
    """One block as a reader of the output log sees it."""

    @property
    def block(self) -> int:
        """Its number."""

    @property
    def first_entry(self) -> int:
        """The number of its first entry."""

    @property
    def records(self) -> tuple[bytes, ...]:
        """Its entries' bytes."""

    @property
    def seal(self) -> bytes:
        """Its seal's bytes."""


class Auditor:
    """Holds the node to its promises; every method raises `ClaimBroken`."""

    def __init__(self, genesis: Genesis) -> None:
        self.books = Books(genesis)
        self.network = genesis.network
        self.records: list[bytes] = []
        """Every entry seen, by number less one."""
        self.seals: list[bytes] = []
        """Every block's seal, by number less one."""
        self.ticker: bytes | None = None
        """The party whose ticks come without being handed in, where a real process sends them."""
        self.accepted = 0
        self.refusals: dict[str, int] = {}
        self._requests: dict[bytes, Request] = {}
        self._leaves: list[bytes] = []
        self._subtrees: dict[tuple[int, int], bytes] = {}
        self._counts: list[int] = []
        self._first: dict[bytes, int] = {}
        """Envelope digest to the entry that first decided about it."""
        self._remembered: dict[bytes, int] = {}
        """Command id to the end of its validity."""
        self._acknowledged: dict[int, bytes] = {}
        """Entries that were answered and not seen in the output log yet."""
        self._acknowledged_last = 0
        self._at = self._ordered_at = 0
        self._parent = b""

    # What the world tells.

    def handed_in(self, request: Request) -> None:
        """Note that a client has made a request."""
        self._requests[request.digest] = request

    def answered(self, request: Request, record: bytes, *, is_known: bool) -> None:
        """Hear an answer that carries an entry."""
        _, receipt = _read(record)
        told = f"entry {receipt.number} as the answer to {request.digest.hex()[:12]}"
        claim(
            receipt.envelope == request.digest and receipt.command_id == request.command_id,
            "An answer is the receipt of the envelope it answers.",
            told,
        )
        first = self._first.get(request.digest)
        passing = receipt.refusal is not None and receipt.refusal.code in PASSING
        claim(
            not is_known or passing or first in (None, receipt.number),
            "A resend is answered with the first result.",
            told,
        )
        self._acknowledged_last = max(self._acknowledged_last, receipt.number)
        if receipt.number <= len(self.records):
            claim(
                self.records[receipt.number - 1] == record,
                "What was acknowledged is what was sealed.",
                told,
            )
        else:
            earlier = self._acknowledged.setdefault(receipt.number, record)
            claim(earlier == record, "One entry has one content.", told)

    def sealed(self, batch: SealedBatch) -> None:
        """Read the next block of the output log."""
        numbers = f"block {batch.block}, first entry {batch.first_entry}"
        claim(
            batch.block == len(self.seals) + 1 and batch.first_entry == len(self.records) + 1,
            "Blocks and entries are numbered without a gap.",
            numbers,
        )
        seal = read_seal(batch.seal)
        self._see_chain(seal, batch)
        self._at = seal.at
        self.books.block = seal.block
        due = self.books.due(seal.at)[:DUE_PER_BLOCK_MAX]
        self._forget(seal.ordered_at)
        for record in batch.records:
            self._see_entry(record, seal, due)
        self._skip_taken_back(due)
        claim(not due, "Due work runs in the first block after its moment.", f"{len(due)} left")
        self.seals.append(batch.seal)
        claim(
            seal.log_root == root(self._leaves, self._subtrees),
            "The log's root is that of RFC 6962 over the receipts.",
            numbers,
        )

    def restarted(self, batches: Iterator[SealedBatch], block: int, entry: int) -> None:
        """After a restart: all that was seen or acknowledged is still there, the same.

        `block` and `entry` are the last ones, as the node says.
        """
        for batch in batches:
            if batch.block > len(self.seals):
                self.sealed(batch)
                continue
            first = batch.first_entry - 1
            claim(
                self.seals[batch.block - 1] == batch.seal
                and tuple(self.records[first : first + len(batch.records)]) == batch.records,
                "What was sealed stays the same after a restart.",
                f"block {batch.block}",
            )
        claim(
            block == len(self.seals) and entry == len(self.records),
            "The output log holds all that the journal holds.",
            f"block {block} against {len(self.seals)}",
        )
        self.nothing_is_lost()

    def nothing_is_lost(self) -> None:
        """Every acknowledged entry was seen by a reader."""
        claim(
            len(self.records) >= self._acknowledged_last and not self._acknowledged,
            "No acknowledged command is lost.",
            f"entry {self._acknowledged_last} was acknowledged, the last is {len(self.records)}",
        )

    # Block and log.

    def _see_chain(self, seal: Seal, batch: SealedBatch) -> None:
        told = f"block {batch.block}: {seal}"
        last = batch.first_entry + len(batch.records) - 1
        claim(
            (seal.block, seal.first, seal.last) == (batch.block, batch.first_entry, last),
            "A seal names its block and its entries.",
            told,
        )
        claim(seal.at >= self._at, "The hub's moment never goes back.", told)
        if self.seals:
            parent = hashlib.sha256(b"lejar/seal/1\n" + self.seals[-1]).digest()
            claim(seal.parent == parent, "Each seal carries its parent's digest.", told)

    def _see_entry(self, record: bytes, seal: Seal, due: list[tuple[int, bytes]]) -> None:
        entry, receipt = _read(record)
        number = len(self.records) + 1
        told = f"entry {number}: {receipt.command} {receipt.refusal}"
        claim(
            (entry.number, receipt.number, receipt.block, receipt.at)
            == (number, number, seal.block, seal.at),
            "An entry and its receipt name their number, block and moment.",
            told,
        )
        claim(
            self._acknowledged.pop(number, record) == record,
            "What was acknowledged is what was sealed.",
            told,
        )
        digest = hashlib.sha256(entry.salt + entry.receipt).digest()
        self._leaves.append(hashlib.sha256(b"\0" + digest).digest())
        self.records.append(record)
        _sums_to_zero(receipt, told)
        self._skip_taken_back(due)
        if receipt.envelope == ZERO:
            claim(bool(due), "Nothing happens by itself before its time.", told)
            self._see_due(receipt, due.pop(0), told)
            return
        claim(not due, "Due work runs before the block's commands.", told)
        self._see_command(receipt, entry, told)

    def _skip_taken_back(self, due: list[tuple[int, bytes]]) -> None:
        """Due work that other work of this block has taken back does not run."""
        while due and due[0] not in self.books.agenda:
            del due[0]

    # What each entry did.

    def _see_due(self, receipt: Receipt, key: tuple[int, bytes], told: str) -> None:
        claim(receipt.command_id == key[1], "Due work runs in its order.", told)
        claim(receipt.refusal is None, "Due work of this market is never refused.", told)
        kind = self.books.agenda.pop(key)
        doing = Doing(receipt.at, (), [_decode(event) for event in receipt.events])
        try:
            _DUE[kind](self.books, key[1], doing)
        except (No, Unexpected) as other:
            sentence = "Due work does what the books expect."
            raise ClaimBroken(sentence, f"{told}; {other}") from other
        self._compare(receipt, doing, told)

    def _see_command(self, receipt: Receipt, entry: Entry, told: str) -> None:
        request = self._requests.get(receipt.envelope)
        if request is None and self._is_own_tick(receipt):
            return
        claim(request is not None, "Every entry answers an envelope that was handed in.", told)
        assert request is not None  # noqa: S101 - claim() has said so
        claim(request.is_sound, "No forged envelope passes the door.", told)
        salt = _decode(_decode(request.data)[0])[4]
        claim(
            entry.salt == hashlib.sha256(b"lejar/receipt/1\n" + salt).digest(),
            "A receipt's salt comes from its envelope.",
            told,
        )
        doing = Doing(receipt.at, (), None)
        if receipt.refusal is None:
            doing.events = [_decode(event) for event in receipt.events]
        reason = self._admission(request, receipt)
        if reason is None:
            self._first[receipt.envelope] = receipt.number
            reason = self._expected_refusal(request, doing, told)
            # An id belongs to whoever could sign; another's envelope is known by its digest only.
            known = request.command_id if doing.signers else receipt.envelope[:ID_BYTES]
            self._remembered[known] = request.valid_until + GRACE
        else:
            claim(
                receipt.refusal is not None and receipt.refusal.code == reason,
                "What may not be ordered is refused for that reason.",
                f"{told}; expected {reason}",
            )
        claim(
            (reason is None) == (receipt.refusal is None),
            "A command is accepted or refused as the books expect.",
            f"{told}; the books say {reason or 'accepted'}",
        )
        if receipt.refusal is None:
            self.accepted += 1
        else:
            code = receipt.refusal.code
            self.refusals[code] = self.refusals.get(code, 0) + 1
        self._compare(receipt, doing, told)

    def _is_own_tick(self, receipt: Receipt) -> bool:
        by = (self.ticker,)
        return receipt.command == "calendar.tick" and receipt.signers == by and not receipt.events

    def _admission(self, request: Request, receipt: Receipt) -> str | None:
        """Say why an envelope may not be ordered, or none; and that nothing is executed twice."""
        again = receipt.envelope in self._first
        now = self._ordered_at
        if request.network != self.network:
            return "network_wrong"
        remembered = request.command_id in self._remembered
        # Another's envelope may have taken the id since, so ask until when its own entry was kept.
        kept_until = (request.valid_until + GRACE) // MICROS_PER_MINUTE
        claim(
            not again or kept_until < now // MICROS_PER_MINUTE,
            "No command is executed twice, nor decided twice while it is remembered.",
            f"entry {receipt.number} repeats entry {self._first.get(receipt.envelope)}",
        )
        if remembered:
            return "command_duplicate"
        if request.valid_until < now:
            return "command_expired"
        if request.valid_until > now + MICROS_PER_DAY:
            return "validity_too_long"
        return None

    def _expected_refusal(self, request: Request, doing: Doing, told: str) -> str | None:
        name = str(request.command.__struct_config__.tag)
        role = "administer" if name in ADMINISTERING else "operate"
        try:
            doing.signers = self.books.authorize(list(request.signatures), role)
            _READINGS[name](self.books, request.command, doing)
        except No as no:
            return str(no)
        except Unexpected as other:
            sentence = "A command does what the books expect."
            raise ClaimBroken(sentence, f"{told}; {other}") from other
        return None

    def _compare(self, receipt: Receipt, doing: Doing, told: str) -> None:
        """Everything that moved, and everything that settlement says, was expected."""
        self._compare_moves(receipt, doing, told)
        left = [event[:2] for event in doing.events or () if event[0].startswith("settlement.")]
        claim(not left, "Settlement says nothing that the books do not expect.", f"{told}; {left}")

    def _compare_moves(self, receipt: Receipt, doing: Doing, told: str) -> None:
        expected: dict[tuple[bytes, bytes], int] = {}
        for move in doing.moves:
            for account, amount in ((move.source, -move.amount), (move.target, move.amount)):
                key = (move.asset, account)
                expected[key] = expected.get(key, 0) + amount
        posted: dict[tuple[bytes, bytes], int] = {}
        for posting in receipt.postings:
            key = (posting.asset, posting.account)
            posted[key] = posted.get(key, 0) + posting.amount
        claim(
            posted == expected,
            "Every movement is one that the books expect.",
            f"{told}; posted {_shown(posted)}, expected {_shown(expected)}",
        )

    def _forget(self, ordered_at: int) -> None:
        """Ids are kept until the minute in which their validity ends is over."""
        self._ordered_at = ordered_at
        minute = ordered_at // MICROS_PER_MINUTE
        ended = [
            one for one, until in self._remembered.items() if until // MICROS_PER_MINUTE < minute
        ]
        for one in ended:
            del self._remembered[one]


def _read(record: bytes) -> tuple[Entry, Receipt]:
    try:
        entry: Entry = read_entry(record)
        receipt: Receipt = read_receipt(entry.receipt)
    except Malformed as malformed:
        raise ClaimBroken("Every entry can be read.", str(malformed)) from malformed
    return entry, receipt


def _sums_to_zero(receipt: Receipt, told: str) -> None:
    sums: dict[bytes, int] = {}
    for posting in receipt.postings:
        sums[posting.asset] = sums.get(posting.asset, 0) + posting.amount
    claim(not any(sums.values()), "Nothing is created: postings sum to zero.", told)


def _shown(moves: dict[tuple[bytes, bytes], int]) -> str:
    return ", ".join(
        f"{account.hex()[:8]}:{asset.hex()[:8]} {amount:+d}"
        for (asset, account), amount in moves.items()
    )
