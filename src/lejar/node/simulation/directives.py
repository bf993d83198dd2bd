# SPDX-License-Identifier: Apache-2.0
"""Traffic of authorities: directives of every kind, and appeals against them.

Halts of the whole market end within the hour, so that a run still has something to settle.
"""

from collections.abc import Callable
from random import Random
from typing import Final

from lejar.domain.basis import LegalBasis
from lejar.domain.oversight.commands import (
    CancelInstruction,
    DecideAppeal,
    ForceTransfer,
    Freeze,
    FreezeAmount,
    Halt,
    LodgeAppeal,
    OpenCourtAccount,
    Resume,
    Seize,
    Thaw,
)
from lejar.domain.oversight.model import HaltScope, Outcome
from lejar.domain.policy import AssetClass
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR
from lejar.node.simulation.books import Books, DirectivePage
from lejar.node.simulation.market import AGENCY, CENTRAL_BANK, THIRD, TRADERS

BASIS: Final = LegalBasis("An order of the simulation")
AMOUNT_MAX: Final = 2_000

Said = tuple[Command, tuple[bytes, ...]]
"""A command and who signs it."""


class Directives:
    """Makes one directive or appeal after the other."""

    def __init__(self, random: Random, books: Books) -> None:
        self._random = random
        self._books = books
        self._steps: tuple[Callable[[int], Said | None], ...] = (
            *(self._lift,) * 8,
            *(self._freeze,) * 4,
            *(self._freeze_amount,) * 3,
            *(self._take,) * 5,
            *(self._appeal,) * 4,
            *(self._decide,) * 4,
            self._halt,
            self._cancel,
        )

    def next(self, now: int) -> Said | None:
        """Make a command of an authority, or of somebody whom one concerns."""
        if not self._books.accounts or not self._books.assets:
            return None
        return self._random.choice(self._steps)(now)

    def _agency(self) -> tuple[bytes, ...]:
        """Mostly an agency that directs; sometimes somebody who may not."""
        signer = self._random.choice((AGENCY, AGENCY, CENTRAL_BANK))
        return (signer,) if self._random.random() > 0.03 else (THIRD,)

    def _end(self, now: int) -> int | None:
        if self._random.random() < 0.4:
            return None
        return now + self._random.randrange(-MICROS_PER_HOUR, MICROS_PER_DAY)

    def _account(self) -> bytes:
        return self._random.choice(list(self._books.accounts))

    def _asset(self) -> bytes:
        return self._random.choice(list(self._books.assets))

    def _freeze(self, now: int) -> Said | None:
        whom = (self._account(), self._random.choice(TRADERS), self._asset())
        subject = self._random.choice((*whom[:2], *whom, self._random.randbytes(16)))
        return Freeze(subject, BASIS, self._end(now)), self._agency()

    def _freeze_amount(self, now: int) -> Said | None:
        asset, account = self._held() or (self._asset(), self._account())
        amount = self._random.randint(1, AMOUNT_MAX)
        return FreezeAmount(account, asset, amount, BASIS, self._end(now)), self._agency()

    def _lift(self, now: int) -> Said | None:
        found = self._some(lambda page: page.stage == "in_force" or self._random.random() < 0.05)
        if found is None:
            return None
        kind = self._books.directives[found].kind
        is_halt = (kind == "halt") is (self._random.random() > 0.05)
        return (Resume if is_halt else Thaw)(found, BASIS), self._agency()

    def _halt(self, now: int) -> Said | None:
        scope = self._random.choice(list(HaltScope))
        asset = self._asset() if scope is HaltScope.ASSET else None
        classes = (AssetClass.BOND, AssetClass.SUKUK)
        sort = self._random.choice(classes) if scope is HaltScope.CLASS else None
        if self._random.random() < 0.05:
            asset = None
        until = now + self._random.randrange(1, MICROS_PER_HOUR)
        return Halt(scope, asset, sort, BASIS, until), self._agency()

    def _take(self, now: int) -> Said | None:
        """Seize, or force a transfer, mostly of what there is, held or not."""
        courts = [a for a, page in self._books.accounts.items() if page.purpose == "court"]
        if not courts:
            return OpenCourtAccount(AGENCY), self._agency()
        asset, source = self._held() or (self._asset(), self._account())
        there = self._books.balances.get((asset, source), 0)
        amount = self._random.randint(1, max(1, min(there, AMOUNT_MAX)))
        if self._random.random() < 0.2:
            amount = max(1, there + self._random.randint(0, 1))
        if self._random.random() < 0.5:
            return Seize(source, asset, amount, self._random.choice(courts), BASIS), self._agency()
        return ForceTransfer(asset, source, self._account(), amount, BASIS), self._agency()

    def _cancel(self, now: int) -> Said | None:
        if not self._books.instructions:
            return None
        name = self._random.choice(list(self._books.instructions))
        return CancelInstruction(name, BASIS), self._agency()

    def _appeal(self, now: int) -> Said | None:
        found = self._some(lambda page: page.appeal == "none" or self._random.random() < 0.1)
        if found is None:
            return None
        whom = self._books.directives[found].concerned
        signer = self._random.choice(whom) if whom else THIRD
        return LodgeAppeal(found, self._random.randbytes(32)), (signer,)

    def _decide(self, now: int) -> Said | None:
        found = self._some(lambda page: page.appeal == "lodged" or self._random.random() < 0.05)
        if found is None:
            return None
        outcome = self._random.choice(list(Outcome))
        return DecideAppeal(found, outcome, self._random.randbytes(32)), self._agency()

    def _held(self) -> tuple[bytes, bytes] | None:
        """Choose a balance that somebody has."""
        found = [key for key, total in self._books.balances.items() if total > 0]
        return self._random.choice(found) if found else None

    def _some(self, wanted: Callable[[DirectivePage], bool]) -> bytes | None:
        found = [name for name, page in self._books.directives.items() if wanted(page)]
        return self._random.choice(found) if found else None
