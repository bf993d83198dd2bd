# SPDX-License-Identifier: Apache-2.0
"""An auditor with books of its own: plain dictionaries, no rule, no handler, no ledger code.

It reads only receipts: what was posted, held and released.  Whatever the hub claims to have is then
compared with what the auditor counted.
"""

from collections import defaultdict
from typing import Any, Final

from lejar.kernel.entry import Receipt

MAKES = {
    "MoneyIssued": ("asset", "amount"),
    "PaperIssued": ("asset", "amount"),
    "IntradayDrawn": ("currency", "amount"),
}
"""Events after which more of an asset exists: which, and how much."""
UNMAKES = {"MoneyRedeemed": ("asset", "amount"), "IntradayRepaid": ("currency", "paid")}
AGREED = frozenset(("Matched", "Queued", "Failed"))
FOLLOWS: Final[dict[str, frozenset[str]]] = {
    "Alleged": frozenset(("",)),
    "Affirmed": frozenset(("Alleged",)),
    "Matched": frozenset(("", "Alleged", "Failed")),
    "Queued": AGREED | {"", "Alleged"},
    "PartlySettled": frozenset(("Queued",)),
    "Settled": AGREED | {"", "Alleged"},
    "Failed": AGREED,
    "Held": AGREED | {"Alleged"},
    "Released": AGREED | {"Alleged"},
    "Moved": AGREED,
    "Cancelled": AGREED | {"Alleged"},
    "Lapsed": frozenset(("Alleged",)),
}
"""What may be told of an instruction, by what was told before."""


class Auditor:
    """Counts postings and holds as they are told."""

    def __init__(self) -> None:
        self.balances: dict[tuple[bytes, bytes], int] = defaultdict(int)
        self.issuers: dict[bytes, bytes] = {}
        """Issuance accounts, by account, with the asset that comes from there."""
        self.supply: dict[bytes, int] = defaultdict(int)
        self.frozen: dict[bytes, tuple[bytes, bytes, int]] = {}
        self.held: dict[bytes, tuple[bytes, bytes, int]] = {}
        self.open: dict[bytes, str] = {}
        """Open instructions with their stage."""

    def read(self, receipt: Receipt, events: list[Any]) -> None:
        """Take one receipt into the books."""
        if receipt.refusal is not None:
            assert not receipt.postings
            assert not events
            return
        for event in events:
            self._event(type(event).__name__, event)
        sums: dict[bytes, int] = defaultdict(int)
        for posting in receipt.postings:
            self.balances[posting.account, posting.asset] += posting.amount
            sums[posting.asset] += posting.amount
        assert not any(sums.values()), "an entry's postings sum to zero"
        for asset, held in self.supply.items():
            issuance = next(a for a, made in self.issuers.items() if made == asset)
            assert self.balances[issuance, asset] == -held, "supply changes by issue and redemption"
        for (account, _), amount in self.balances.items():
            assert amount >= 0 or account in self.issuers, "nobody is overdrawn"

    def _event(self, name: str, event: Any) -> None:  # noqa: ANN401  # told by its name
        if name in {"CurrencyCreated", "PaperCreated"}:
            self.issuers[event.issuance_account] = event.asset
        elif name in MAKES or name in UNMAKES:
            self._supply(name, event)
        elif name == "HoldPlaced":
            assert event.hold not in self.held
            self.held[event.hold] = (event.account, event.asset, event.amount)
            if event.purpose == "directive":
                self.frozen[event.hold] = self.held[event.hold]
        elif name == "HoldReleased":
            assert self.held.pop(event.hold) == (event.account, event.asset, event.amount)
            self.frozen.pop(event.hold, None)
        elif name == "AmountFrozen":
            assert self.frozen[event.directive] == (event.account, event.asset, event.amount)
        elif name == "InstructionStruck":
            assert event.instruction not in self.open, "it was cancelled in the same entry"
        elif name.startswith("Instruction"):
            self._instruction(name.removeprefix("Instruction"), event.instruction)

    def _supply(self, name: str, event: Any) -> None:  # noqa: ANN401  # told by its name
        asset, amount = (getattr(event, field) for field in (MAKES | UNMAKES)[name])
        self.supply[asset] += amount if name in MAKES else -amount

    def _instruction(self, what: str, instruction: bytes) -> None:
        before = self.open.get(instruction, "")
        assert before in FOLLOWS[what], f"an instruction went from '{before}' to '{what}'"
        if what in {"Settled", "Cancelled", "Lapsed"}:
            self.open.pop(instruction, None)
        elif what == "Held":
            self.open[instruction] = "Matched" if before == "Queued" else before
        elif what not in {"Affirmed", "Released", "Moved", "PartlySettled"}:
            self.open[instruction] = what
