# SPDX-License-Identifier: Apache-2.0
"""Their entries against ours: pairs that are certain, and everything else as a break.

Nobody guesses.  Two entries are a pair when each is the other's only one: first by reference,
amount and day; then by reference alone, which shows a wrong amount or day; then by amount, day and
counterparty.  What could be several is said to be ambiguous.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeAlias

from lejar.domain.reconciliation import BreakKind
from lejar.gateways.reconciling.outside import Statement, StatementEntry

Keys: TypeAlias = Iterable[Hashable]
CANDIDATES_MAX = 1_000
"""An ambiguous entry names at most so many that it could be."""

Pairs: TypeAlias = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class OurEntry:
    """What an entry of ours moved on the account, seen from the outside ledger."""

    number: int
    references: tuple[str, ...]
    """Everything that an outside ledger may call it by."""
    amount: int
    day: date
    counterparty: str | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One thing that the ledgers tell differently."""

    kind: BreakKind
    theirs: StatementEntry | None
    ours: tuple[OurEntry, ...]
    """One, none, or every entry that an ambiguous one could be."""
    candidates: int = 0

    @property
    def reference(self) -> str:
        """What to call it: their reference, else ours."""
        if self.theirs is not None and self.theirs.reference:
            return self.theirs.reference
        return self.ours[0].references[0] if self.ours and self.ours[0].references else ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Whether each side's opening balance and entries make its closing balance; zero is right."""

    theirs_off: int
    """Their closing balance less what their own opening and entries give."""
    ours_off: int | None
    """The same of ours; none where one of our balances is not known."""
    closing_off: int | None
    """Their closing balance less ours."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What came of it, in the order of the statement, then of our entries."""

    matched: tuple[tuple[StatementEntry, OurEntry], ...]
    unmatched: tuple[Unmatched, ...]


def match(theirs: Sequence[StatementEntry], ours: Sequence[OurEntry]) -> Matching:
    """Pair entries by reference, then by amount, day and counterparty."""
    t_left, o_left = list(range(len(theirs))), list(range(len(ours)))
    pairs: Pairs = []
    for their_keys, our_keys in _PASSES:
        found = _each_others_only(
            {t: tuple(their_keys(theirs[t])) for t in t_left},
            {o: tuple(our_keys(ours[o])) for o in o_left},
        )
        pairs += found
        t_done, o_done = dict(found), {o: t for t, o in found}
        t_left = [t for t in t_left if t not in t_done]
        o_left = [o for o in o_left if o not in o_done]
    pairs.sort()
    alike = [(theirs[t], ours[o]) for t, o in pairs]
    return Matching(
        tuple((t, o) for t, o in alike if _difference(t, o) is None),
        (
            *(Unmatched(kind, t, (o,)) for t, o in alike if (kind := _difference(t, o))),
            *_left_over([theirs[t] for t in t_left], [ours[o] for o in o_left]),
        ),
    )


def sums(
    statement: Statement, our_opening: int | None, our_closing: int | None, moved: int
) -> Sums:
    """Add up both sides; `moved` is the sum of our entries."""
    theirs = sum(one.amount for one in statement.entries)
    known = our_opening is not None and our_closing is not None
    return Sums(
        statement.closing - statement.opening - theirs,
        (our_closing or 0) - (our_opening or 0) - moved if known else None,
        None if our_closing is None else statement.closing - our_closing,
    )


def _their_whole(one: StatementEntry) -> Keys:
    return [(name, one.amount, one.value_date) for name in one.names]


def _our_whole(one: OurEntry) -> Keys:
    return [(name, one.amount, one.day) for name in one.references]


def _their_names(one: StatementEntry) -> Keys:
    return one.names


def _our_names(one: OurEntry) -> Keys:
    return one.references


def _their_circumstances(one: StatementEntry) -> Keys:
    known = one.counterparty is not None
    return [(one.amount, one.value_date, one.counterparty)] if known else []


def _our_circumstances(one: OurEntry) -> Keys:
    known = one.counterparty is not None
    return [(one.amount, one.day, one.counterparty)] if known else []


_PASSES: tuple[tuple[Callable[[StatementEntry], Keys], Callable[[OurEntry], Keys]], ...] = (
    (_their_whole, _our_whole),
    (_their_names, _our_names),
    (_their_circumstances, _our_circumstances),
)


def _each_others_only(theirs: Mapping[int, Keys], ours: Mapping[int, Keys]) -> Pairs:
    """Give the pairs that share a key, where neither shares one with anybody else."""
    of_theirs, of_ours = _partners(theirs, ours, 2), _partners(ours, theirs, 2)
    return [
        (t, found[0])
        for t, found in of_theirs.items()
        if len(found) == 1 and len(of_ours[found[0]]) == 1
    ]


def _partners(
    some: Mapping[int, Keys], others: Mapping[int, Keys], at_most: int
) -> dict[int, list[int]]:
    """Give for each of some the first others that share a key with it."""
    having: dict[Hashable, list[int]] = defaultdict(list)
    for other, keys in others.items():
        for key in dict.fromkeys(keys):
            having[key].append(other)
    return {
        one: list(islice(dict.fromkeys(_having(keys, having, at_most)), at_most))
        for one, keys in some.items()
    }


def _having(keys: Keys, having: Mapping[Hashable, Sequence[int]], at_most: int) -> Iterator[int]:
    for key in keys:
        yield from having.get(key, ())[:at_most]


def _difference(theirs: StatementEntry, ours: OurEntry) -> BreakKind | None:
    if theirs.amount != ours.amount:
        return BreakKind.AMOUNT
    return None if theirs.value_date == ours.day else BreakKind.DATE


def _left_over(theirs: list[StatementEntry], ours: list[OurEntry]) -> list[Unmatched]:
    """Say of what has no certain partner whether it has none, or several that it could be."""
    like_theirs = {t: tuple(_like_theirs(one)) for t, one in enumerate(theirs)}
    like_ours = {o: tuple(_like_ours(one)) for o, one in enumerate(ours)}
    of_theirs = _partners(like_theirs, like_ours, CANDIDATES_MAX)
    of_ours = _partners(like_ours, like_theirs, CANDIDATES_MAX)
    found: list[Unmatched] = []
    shown: dict[int, None] = {}
    for t, candidates in of_theirs.items():
        rivals = max((len(of_ours[o]) for o in candidates), default=0)
        several = max(len(candidates), rivals)
        if several > 1:
            could_be = tuple(ours[o] for o in candidates)
            found.append(Unmatched(BreakKind.AMBIGUOUS, theirs[t], could_be, several))
            shown.update(dict.fromkeys(candidates))
        else:
            found.append(Unmatched(BreakKind.THEIRS_ONLY, theirs[t], ()))
    lonely = [one for o, one in enumerate(ours) if o not in shown]
    return found + [Unmatched(BreakKind.OURS_ONLY, None, (one,)) for one in lonely]


def _like_theirs(one: StatementEntry) -> Keys:
    return (*one.names, (one.amount, one.value_date))


def _like_ours(one: OurEntry) -> Keys:
    return (*one.references, (one.amount, one.day))
