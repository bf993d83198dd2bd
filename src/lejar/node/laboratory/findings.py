# SPDX-License-Identifier: Apache-2.0
"""What the laboratory found: every difference, and sums by rule, class, instrument and amount."""

import enum
from collections import Counter
from dataclasses import dataclass, field


class Verdict(enum.StrEnum):
    """How a movement would have fared under the draft pack."""

    REFUSED = "refused"
    """It happened, and would not have."""
    CAPPED = "capped"
    """It happened, and only a smaller amount would have."""
    ALLOWED = "newly_allowed"
    """A rule refused it, and the draft would not have."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One movement that would have fared otherwise."""

    entry: int
    at: int
    verdict: Verdict
    rule: str
    """The rule of the draft that says no; for what is newly allowed, the code that said no."""
    reason: str
    asset: bytes
    asset_class: str
    person: bytes
    """The receiver."""
    investor: str
    """Its class of investor, as vouched for then."""
    country: str
    amount: int
    allowed: int
    paid: int
    knock_on: bool
    """It gives on what, under the draft, its giver would not have received."""


@dataclass(slots=True)
class Sums:
    """How many movements, units and money a line of the report stands for."""

    movements: int = 0
    units: int = 0
    money: int = 0

    def add(self, one: Difference) -> None:
        """Add a difference."""
        self.movements += 1
        self.units += one.amount - one.allowed
        self.money += one.paid


BANDS = ((100_000, "below RM 1 000"), (1_000_000, "RM 1 000 to 10 000"))
BANDS_ABOVE = (
    (10_000_000, "RM 10 000 to 100 000"),
    (100_000_000, "RM 100 000 to 1 million"),
)
LARGEST = "RM 1 million and more"
UNPAID = "without payment"


@dataclass(slots=True)
class Findings:
    """The report under way."""

    entries: int = 0
    judged: int = 0
    """Movements of assets that some rule of the draft was asked about, in the span."""
    same: int = 0
    uncounted: int = 0
    """Movements refused by a rule, that lacked funds or another rule's consent as well."""
    knock_on: int = 0
    """Movements that happened, of units that under the draft would not have been there."""
    differences: list[Difference] = field(default_factory=list)
    by_day: Counter[tuple[int, str]] = field(default_factory=Counter)

    def add(self, one: Difference, day: int) -> None:
        """Keep a difference."""
        self.differences.append(one)
        self.by_day[day, str(one.verdict)] += 1

    def grouped(self, by: str) -> list[tuple[str, str, Sums]]:
        """Sum the differences by verdict and one of: rule, investor, asset_class, asset, band."""
        sums: dict[tuple[str, str], Sums] = {}
        for one in self.differences:
            word = band_of(one.paid) if by == "band" else _word(one, by)
            sums.setdefault((str(one.verdict), word), Sums()).add(one)
        return [(verdict, word, sums[verdict, word]) for verdict, word in sorted(sums)]


def _word(one: Difference, by: str) -> str:
    value: object = getattr(one, by)
    return value.hex() if isinstance(value, bytes) else str(value)


def band_of(paid: int) -> str:
    """Name the band of what was paid, in sen."""
    if not paid:
        return UNPAID
    for bound, name in (*BANDS, *BANDS_ABOVE):
        if paid < bound:
            return name
    return LARGEST
