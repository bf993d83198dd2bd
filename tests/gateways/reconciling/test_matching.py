# SPDX-License-Identifier: Apache-2.0
"""Matching is certain or it is a break; a slow and obvious reading of the rule agrees with it."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.domain.reconciliation import BreakKind
from lejar.gateways.reconciling.forms import read_outside
from lejar.gateways.reconciling.holdings import compare
from lejar.gateways.reconciling.matching import Matching, OurEntry, match, sums
from lejar.gateways.reconciling.outside import (
    Holdings,
    Position,
    Statement,
    StatementEntry,
    read_json,
    reference_digest,
)
from lejar.kernel.failure import Malformed

DAY, NEXT = date(2026, 11, 24), date(2026, 11, 25)


def theirs(reference: str, amount: int, day: date = DAY, who: str | None = None) -> StatementEntry:
    return StatementEntry(reference, amount, day, who)


def ours(
    number: int, reference: str, amount: int, day: date = DAY, who: str | None = None
) -> OurEntry:
    return OurEntry(number, (reference,) if reference else (), amount, day, who)


def kinds(found: Matching) -> list[BreakKind]:
    return [one.kind for one in found.unmatched]


def test_a_reference_pairs_and_an_amount_or_a_day_that_differs_is_told() -> None:
    found = match(
        [theirs("A", 5), theirs("B", 6), theirs("C", 7)],
        [ours(1, "C", 7, NEXT), ours(2, "B", 60), ours(3, "A", 5)],
    )
    assert [o.number for _, o in found.matched] == [3]
    assert kinds(found) == [BreakKind.AMOUNT, BreakKind.DATE]


def test_a_reference_is_found_by_its_digest() -> None:
    found = match([theirs("RTGS-1", 5)], [ours(1, reference_digest("RTGS-1"), 5)])
    assert len(found.matched) == 1


def test_circumstances_pair_only_with_a_counterparty_and_only_if_unique() -> None:
    assert match([theirs("X", 5, who="a")], [ours(1, "Y", 5, who="a")]).matched
    lone = match([theirs("X", 5)], [ours(1, "Y", 5)])
    assert kinds(lone) == [BreakKind.THEIRS_ONLY, BreakKind.OURS_ONLY]
    three = match([theirs("", 5)], [ours(n, "", 5, who="a") for n in (1, 2, 3)])
    assert [(one.kind, one.candidates) for one in three.unmatched] == [(BreakKind.AMBIGUOUS, 3)]


def test_two_of_theirs_for_one_of_ours_are_ambiguous() -> None:
    found = match([theirs("A", 5), theirs("A", 5)], [ours(1, "A", 5)])
    assert not found.matched
    assert [(one.kind, one.candidates) for one in found.unmatched] == [(BreakKind.AMBIGUOUS, 2)] * 2


def test_sums_of_both_sides_are_checked() -> None:
    statement = Statement("s", 1, DAY, 100, 106, (theirs("A", 5),))
    found = sums(statement, 100, 105, 5)
    assert (found.theirs_off, found.ours_off, found.closing_off) == (1, 0, 1)
    unknown = sums(statement, None, 105, 5)
    assert (unknown.theirs_off, unknown.ours_off, unknown.closing_off) == (1, None, 1)
    assert sums(statement, 100, None, 5).closing_off is None


def test_holdings_are_compared_by_security_and_lots_are_added_up() -> None:
    stated = Holdings(
        "h", 1, DAY, (Position("MYBVN1234567", 60), Position("MYBVN1234567", 40),
                   Position("MYBVN7654321", 5)),
    )  # fmt: skip
    found = compare(stated, {"MYBVN1234567": 100, "MYL1155OO000": 7})
    assert [(one.isin, one.kind) for one in found] == [
        ("MYBVN1234567", None),
        ("MYBVN7654321", BreakKind.THEIRS_ONLY),
        ("MYL1155OO000", BreakKind.OURS_ONLY),
    ]
    assert stated.units_of("MYBVN1234567") == 100
    assert compare(stated, {"MYBVN1234567": 99})[0].kind is BreakKind.AMOUNT


def test_the_json_form_is_read_strictly() -> None:
    data = b"""{"kind": "statement", "name": "S-1", "sequence": 1, "day": "2026-11-24",
        "opening": 0, "closing": 5,
        "entries": [{"reference": "A", "amount": 5, "value_date": "2026-11-24"}]}"""
    assert read_outside(data) == Statement("S-1", 1, DAY, 0, 5, (theirs("A", 5),))
    for wrong in (b'{"kind": "statement"}', b"{", data.replace(b"5,", b"5.5,", 1)):
        with pytest.raises(Malformed):
            read_json(wrong)
    with pytest.raises(Malformed, match="no form that is read"):
        read_outside(b"A;B;C")


FEW = st.sampled_from(["", "A", "B", "C"])
WHO = st.sampled_from([None, "x", "y"])
AMOUNTS = st.integers(1, 3)
DAYS = st.sampled_from([DAY, NEXT])
THEIRS = st.lists(st.builds(StatementEntry, FEW, AMOUNTS, DAYS, WHO), max_size=7)
OURS = st.lists(
    st.builds(
        lambda names, amount, day, who: OurEntry(
            0, tuple(dict.fromkeys(name for name in names if name)), amount, day, who
        ),
        st.lists(FEW, max_size=2), AMOUNTS, DAYS, WHO,
    ),
    max_size=7,
)  # fmt: skip


def naive(some: list[StatementEntry], others: list[OurEntry]) -> list[tuple[int, int]]:
    """Pair whoever is the only fit of its only fit, by looking at every pair again and again."""

    def named(t: StatementEntry, o: OurEntry) -> bool:
        return bool(t.reference) and t.reference in o.references

    def alike(t: StatementEntry, o: OurEntry) -> bool:
        return (t.amount, t.value_date) == (o.amount, o.day)

    def known(t: StatementEntry, o: OurEntry) -> bool:
        return t.counterparty is not None and t.counterparty == o.counterparty

    rules: tuple[Callable[[StatementEntry, OurEntry], bool], ...] = (
        lambda t, o: named(t, o) and alike(t, o),
        named,
        lambda t, o: alike(t, o) and known(t, o),
    )
    ts, os, pairs = set(range(len(some))), set(range(len(others))), []
    for fits in rules:
        found = [
            (t, o)
            for t in ts
            for o in os
            if fits(some[t], others[o])
            and not any(fits(some[t], others[p]) for p in os if p != o)
            and not any(fits(some[u], others[o]) for u in ts if u != t)
        ]
        pairs += found
        ts -= {t for t, _ in found}
        os -= {o for _, o in found}
    return sorted(pairs)


@given(THEIRS, OURS)
def test_matching_is_what_the_rule_says(some: list[StatementEntry], others: list[OurEntry]) -> None:
    numbered = [
        OurEntry(n, one.references, one.amount, one.day, one.counterparty)
        for n, one in enumerate(others)
    ]
    found = match(some, numbered)
    pairs = naive(some, numbered)
    same = [
        (t, o)
        for t, o in pairs
        if (some[t].amount, some[t].value_date) == (numbered[o].amount, numbered[o].day)
    ]
    assert list(found.matched) == [(some[t], numbered[o]) for t, o in same]
    differing = [one for one in found.unmatched if one.kind in (BreakKind.AMOUNT, BreakKind.DATE)]
    assert len(differing) == len(pairs) - len(same)


@given(THEIRS, OURS)
def test_every_entry_is_accounted_for_once(
    some: list[StatementEntry], others: list[OurEntry]
) -> None:
    numbered = [
        OurEntry(n, one.references, one.amount, one.day, one.counterparty)
        for n, one in enumerate(others)
    ]
    found = match(some, numbered)
    told = [one for one in found.unmatched if one.theirs is not None]
    assert len(found.matched) + len(told) == len(some)
    seen = {o.number for _, o in found.matched}
    seen |= {o.number for one in found.unmatched for o in one.ours}
    assert seen == set(range(len(others)))
    for one in found.unmatched:
        assert (one.kind is BreakKind.AMBIGUOUS) == (one.candidates > 1)
