# SPDX-License-Identifier: Apache-2.0
"""Settlement as the projections tell it, in this room's own shapes."""

from collections.abc import Sequence
from dataclasses import astuple

import msgspec

from lejar.domain.settlement import OnShortfall, Priority
from lejar.gateways.rest import settling_views as views
from lejar.gateways.rest.server.pooled import question_of
from lejar.gateways.rest.views import InstructionView
from lejar.kernel import identifiers
from lejar.projections import Projections, Snapshot
from lejar.projections.privileged import settling
from lejar.projections.privileged.instructions import (
    InstructionWhole,
    PenaltyLine,
    instruction_whole,
    penalties_of,
)
from lejar.projections.privileged.waits import Wait, Waits
from lejar.projections.public.settlement_day import settlement_day
from lejar.projections.queue import WaitingLine, pool_of, waiting_lines


class ProjectedSettlement:
    """Answers what `seams.Reads` asks of settlement."""

    _projections: Projections

    def waits(self, instruction: bytes, reader: bytes | None) -> Sequence[views.WaitView]:
        """Why an instruction has not settled, as a reader may know it; none may know all."""
        with self._projections.snapshot() as snapshot:
            whole = instruction_whole(snapshot, instruction)
            waits = _asking(snapshot, reader)
            return () if whole is None else tuple(_wait(one) for one in waits.of(whole))

    def queue(
        self, reader: bytes | None, after: int, limit: int
    ) -> Sequence[tuple[int, views.QueueRow]]:
        """What waits, with its place, in the queue's order; the reader's own, for none all."""
        found: list[tuple[int, views.QueueRow]] = []
        with self._projections.snapshot() as snapshot:
            waits = _asking(snapshot, reader)
            for line in waiting_lines(snapshot)[after:]:
                whole = instruction_whole(snapshot, line.instruction)
                if whole is not None and (reader is None or whole.concerns(reader)):
                    told = reader is None or reader in whole.givers
                    found.append((line.position, _row(line, whole, waits, told=told)))
                if len(found) == limit:
                    break
        return found

    def settlement_day(self) -> views.DayView:
        """The settlement day in figures."""
        with self._projections.snapshot() as snapshot:
            day = settlement_day(snapshot)
            rules = settling.fail_rules_of(snapshot)
        return views.DayView(
            day.standing.entry,
            day.day.isoformat(),
            day.is_business_day,
            day.paused_by,
            day.paused_at,
            day.closes_at,
            None if day.closed_on is None else day.closed_on.isoformat(),
            day.failed_at_close,
            day.settled,
            day.partly,
            day.queued,
            day.failed,
            day.ended,
            day.passed,
            tuple(views.CurrencyToday(*astuple(one)) for one in day.currencies),
            tuple(views.WaitingToday(one.priority, one.number, one.value) for one in day.waiting),
            tuple(views.PassView(*astuple(one)) for one in day.passes),
            tuple(views.FailRuleView(*astuple(one)[:-1]) for one in rules),
        )

    def settlement_limits(self, party: bytes | None) -> views.LimitsView:
        """A party's limits and reservations, or everybody's."""
        with self._projections.snapshot() as snapshot:
            limits = settling.limits_page(snapshot, party)
            reserves = settling.reserves_of(snapshot, party)
            entry = snapshot.standing.entry
        return views.LimitsView(
            entry,
            tuple(views.LimitView(*astuple(one)) for one in limits),
            tuple(views.ReserveView(*astuple(one)) for one in reserves),
        )

    def penalties(self, party: bytes | None) -> Sequence[views.PenaltyView]:
        """What failing has cost a party or was owed to it, or everybody's."""
        with self._projections.snapshot() as snapshot:
            return tuple(penalty_view(one) for one in penalties_of(snapshot, party=party))

    def settlement_pool(self) -> dict[str, object]:
        """What waits, as the question that `lejar liquidity solve` reads."""
        with self._projections.snapshot() as snapshot:
            return question_of(pool_of(snapshot))


def with_terms(view: InstructionView, whole: InstructionWhole) -> InstructionView:
    """Add to an instruction what it settles on; the priority is left out for who gives nothing."""
    terms = whole.terms
    values = astuple(terms)
    return msgspec.structs.replace(
        view,
        informed=tuple(one.party for one in whole.informed),
        terms=views.TermsView(
            None if terms.priority is None else Priority(terms.priority),
            None if terms.on_shortfall is None else OnShortfall(terms.on_shortfall),
            *values[2:],
        ),
        promises=tuple(views.PromiseView(*astuple(one)) for one in whole.promises),
        after=tuple(views.LinkView(one.instruction, one.stage) for one in whole.after),
        held_by=whole.held_by,
        penalties=tuple(penalty_view(one) for one in whole.penalties),
        givers=whole.givers,
    )


def legs_of(whole: InstructionWhole) -> tuple[views.LegView, ...]:
    """Give the legs."""
    return tuple(
        views.LegView(leg.asset, leg.source, leg.target, leg.amount, leg.settled)
        for leg in whole.legs
    )


def penalty_view(one: PenaltyLine) -> views.PenaltyView:
    """Give what failing has cost."""
    return views.PenaltyView(
        one.instruction,
        one.payer,
        one.payee,
        one.asset,
        one.amount,
        one.days,
        one.shown_on,
        one.entry,
    )


def _asking(snapshot: Snapshot, reader: bytes | None) -> Waits:
    return Waits(snapshot, reader, lambda party: identifiers.show("party", party))


def _row(line: WaitingLine, whole: InstructionWhole, waits: Waits, *, told: bool) -> views.QueueRow:
    return views.QueueRow(
        line.instruction,
        line.position if told else None,
        line.priority if told else None,
        line.since_at,
        legs_of(whole),
        tuple(_wait(one) for one in waits.of(whole)),
    )


def _wait(one: Wait) -> views.WaitView:
    return views.WaitView(
        one.kind,
        one.said.en,
        one.said.ms,
        one.parties,
        one.instructions,
        one.asset,
        one.account,
        one.amount,
    )
