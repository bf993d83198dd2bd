# SPDX-License-Identifier: Apache-2.0
"""Judge what is replayed once more, by the draft pack, while the state stands as it then stood."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lejar.domain.policy import RuleNo, persons
from lejar.domain.policy.book import EMPTY, PACKS, Book, book
from lejar.domain.policy.counting import count
from lejar.domain.policy.flows import local_day
from lejar.domain.policy.model import Movement, MovePurpose
from lejar.domain.policy.pack import Pack
from lejar.domain.policy.program import (
    NOTHING_ASKED,
    Asked,
    Compiled,
    Program,
    compile_packs,
    program_in,
)
from lejar.domain.policy.refusing import allowed_of, first_failing
from lejar.kernel.draft import Draft
from lejar.kernel.entry import Receipt
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, State
from lejar.ledger.balances import owned, planned
from lejar.node.laboratory.findings import Difference, Findings, Verdict
from lejar.node.laboratory.shadow import Shadow

RULE_CODES = frozenset(no.code for no in RuleNo)
UNCLASSED = "unclassed"
CLASSES = ("accredited", "sophisticated", "angel", "retail")


class Watch:
    """An observer that keeps the draft's counters and notes every difference within a span."""

    def __init__(self, state: State, draft_pack: Pack, span: tuple[int, int]) -> None:
        self.findings = Findings()
        self._state = state
        self._draft_pack = draft_pack
        self._from, self._until = span
        self._shadow = Shadow(state)
        self._book: Book = EMPTY
        self._compiled = compile_packs(EMPTY, (draft_pack,))
        self._waiting: list[tuple[Movement, Program]] = []
        self._noted: list[tuple[Difference, int]] = []
        self._tainted: Counter[bytes] = Counter()
        """Person and asset to the units that the draft would have kept from the person."""

    def judged(
        self,
        draft: Draft,
        legs: Sequence[Movement],
        purpose: MovePurpose,
        refused: Refused | None,
    ) -> None:
        """Ask the draft pack about legs that the gate has just judged."""
        self._shadow.under = draft
        compiled = self._current(draft)
        programs = [
            (leg, program)
            for leg in legs
            if (program := program_in(compiled, self._shadow, leg, purpose)) is not NOTHING_ASKED
        ]
        if self._from <= draft.at < self._until:
            self._compare(legs, programs, refused)
        if refused is None:
            self._waiting += programs

    def sealed(self, receipt: Receipt) -> None:
        """Count what was judged, if the entry was accepted after all."""
        waiting, noted = self._waiting, self._noted
        self._waiting, self._noted = [], []
        self._shadow.under = self._state
        if receipt.refusal is None:
            for leg, program in waiting:
                count(self._shadow, leg, program)
        for difference, day in noted:
            newly = difference.verdict is Verdict.ALLOWED
            if newly is (receipt.refusal is not None):
                self.findings.add(_numbered(difference, receipt), day)
        self.findings.entries += 1

    def _current(self, reader: Reader) -> Compiled:
        """Compile the draft anew when names, cohorts or the other packs have changed."""
        now = book(reader) or EMPTY
        if now.digest != self._book.digest:
            mine = self._draft_pack.jurisdiction
            others = [PACKS.require(reader, a.digest) for a in now.newest if a.jurisdiction != mine]
            packs = sorted([*others, self._draft_pack], key=lambda pack: pack.jurisdiction)
            self._book, self._compiled = now, compile_packs(now, packs)
        return self._compiled

    def _compare(
        self,
        legs: Sequence[Movement],
        programs: list[tuple[Movement, Program]],
        refused: Refused | None,
    ) -> None:
        """Note how the draft's answer differs from the real one."""
        if refused is not None:
            if refused.refusal.code in RULE_CODES:
                self._maybe_allowed(legs, programs, refused)
            return
        for leg, program in programs:
            self.findings.judged += 1
            failing = first_failing(program, self._shadow, leg, legs)
            knock_on = self._uses_tainted(leg)
            self.findings.knock_on += knock_on
            if failing is None:
                self.findings.same += 1
                continue
            allowed = min(allowed_of(program, self._shadow, leg, legs), leg.amount)
            verdict = Verdict.CAPPED if allowed else Verdict.REFUSED
            self._tainted[leg.receiver.person + leg.asset] += leg.amount - allowed
            self._note(leg, verdict, failing, allowed, knock_on=knock_on)

    def _maybe_allowed(
        self,
        legs: Sequence[Movement],
        programs: list[tuple[Movement, Program]],
        refused: Refused,
    ) -> None:
        """A rule said no: would the draft have said yes, and were the funds there?"""
        if any(first_failing(p, self._shadow, leg, legs) is not None for leg, p in programs):
            self.findings.same += len(programs)
            return
        if not _has_funds(self._shadow, legs):
            self.findings.uncounted += 1
            return
        asset = refused.facts.get("asset")
        for leg in legs:
            if leg.asset == asset:
                self.findings.judged += 1
                self._note(leg, Verdict.ALLOWED, None, leg.amount, refused=refused)

    def _uses_tainted(self, leg: Movement) -> bool:
        """Say whether a giver gives on what it would not have had; it gives its own first."""
        key = leg.giver.person + leg.asset
        tainted = self._tainted.get(key, 0)
        if not tainted:
            return False
        clean = owned(self._shadow, leg.asset, leg.giver.person).total - tainted
        used = leg.amount - max(clean, 0)
        if used <= 0:
            return False
        self._tainted[key] = tainted - min(used, tainted)
        return True

    def _note(
        self,
        leg: Movement,
        verdict: Verdict,
        failing: Asked | None,
        allowed: int,
        *,
        knock_on: bool = False,
        refused: Refused | None = None,
    ) -> None:
        person = leg.receiver.person
        rule, reason = "", ""
        if failing is not None:
            rule, reason = failing.rule.id, failing.test.reason.code
        elif refused is not None:
            rule, reason = str(refused.facts.get("rule", "")), refused.refusal.code
        difference = Difference(
            entry=0,
            at=self._shadow.at,
            verdict=verdict,
            rule=rule,
            reason=reason,
            asset=leg.asset,
            asset_class=str(leg.profile.asset_class or UNCLASSED),
            person=person,
            investor=investor_class(self._shadow, person),
            country=persons.country(self._shadow, person) or "unknown",
            amount=leg.amount,
            allowed=allowed if verdict is not Verdict.ALLOWED else 0,
            paid=leg.paid,
            knock_on=knock_on,
        )
        self._noted.append(
            (difference, local_day(self._shadow.at, self._draft_pack.offset_minutes))
        )


def investor_class(reader: Reader, person: bytes) -> str:
    """Name the widest class of investor that somebody vouched for."""
    for name in CLASSES:
        if persons.holds(reader, person, f"investor.{name}", None):
            return name
    return UNCLASSED


def _has_funds(reader: Reader, legs: Sequence[Movement]) -> bool:
    """Say whether the balances would have sufficed; a bank's own limits are not asked."""
    changes = []
    for leg in legs:
        source = (
            leg.source if leg.giver.cash_account is None or leg.paid else leg.giver.cash_account
        )
        changes.append((leg.asset, source, leg.giver, -leg.amount))
    try:
        planned(reader, changes)
    except Refused:
        return False
    return True


def _numbered(difference: Difference, receipt: Receipt) -> Difference:
    return replace(difference, entry=receipt.number)
