# SPDX-License-Identifier: Apache-2.0
"""Settlement instructions: anybody sees where one stands, its sides see what it exchanges."""

from collections.abc import Iterable, Mapping
from typing import Final

from lejar.kernel import identifiers
from lejar.projections.privileged.instructions import (
    InstructionWhole,
    LegLine,
    SideLine,
    instruction_whole,
)
from lejar.projections.public.instructions import (
    InstructionFound,
    InstructionLine,
    StepLine,
    instructions_page,
)
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import reader_is_concerned, reader_may_see_the_queue
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page, span_of
from lejar.web.reading.facts import cause_words, named_facts, words_for
from lejar.web.reading.receipts import refusal_view
from lejar.web.reading.settling import instruction_reference, kind_of, wait_rows, waits_for

WAY: Final = ("alleged", "matched", "settled")
"""The stages of an instruction that goes well."""
ENDS: Final = frozenset({"settled", "cancelled", "lapsed"})
PAR: Final = 100_000_000
"""A price of 100 per cent, in millionths of per cent."""


def instructions_view(
    asked: Asked, wanted: views.State | None, cursor: Cursor
) -> views.InstructionsView:
    """Give the page of instructions, the newest first."""
    stage = None if wanted is None else str(wanted)
    found = read_page(
        lambda page: instructions_page(asked.snapshot, stage=stage, wanted=page), cursor
    )
    rows = tuple(
        _row(asked, line, instruction_whole(asked.snapshot, line.id)) for line in found.rows
    )
    return views.InstructionsView(asked.as_at, rows, wanted, span_of(found))


def instruction_view(asked: Asked, id_: bytes) -> views.InstructionView | None:
    """Give the page of an instruction."""
    whole = instruction_whole(asked.snapshot, id_)
    if whole is None:
        return None
    found, sees = whole.found, _sees(asked, whole)
    line = found.instruction
    return views.InstructionView(
        as_at=asked.as_at,
        row=_row(asked, line, whole),
        legs=tuple(_leg(asked, line, leg) for leg in whole.legs) if sees else None,
        affirmations=_affirmations(asked, whole) if sees else None,
        stages=_stages(found),
        price=_price(asked, whole.legs) if sees else None,
        cut_off=None,
        refusal=refusal_view(asked, line.cause, None, asked.as_at.at)
        if line.stage == "failed"
        else None,
        assets=tuple(_assets(asked, found.assets)),
        waits=_waits(asked, whole) if sees else (),
        terms=_terms(asked, whole) if sees else (),
        promises=_promises(asked, whole) if sees else (),
        after=tuple(instruction_reference(one.instruction) for one in whole.after) if sees else (),
        penalties=_penalties(asked, whole) if sees else (),
    )


def _waits(asked: Asked, whole: InstructionWhole) -> tuple[views.WaitRow, ...]:
    if asked.reader is None:
        return ()
    return wait_rows(waits_for(asked, asked.reader).of(whole))


def _terms(asked: Asked, whole: InstructionWhole) -> tuple[views.Fact, ...]:
    """Give the terms that say something; the priority only to those who give."""
    terms, reader = whole.terms, asked.reader
    told = reader_may_see_the_queue(reader) or (reader and reader.party in whole.givers)
    values: dict[str, object] = {
        name: getattr(terms, name)
        for name in ("partial_from", "pool", "pool_number", "from_block", "mediator", "venue",
                     "reference", "buy_in_until", "buy_in_by")
        if getattr(terms, name) is not None
    }  # fmt: skip
    if terms.by_hand:
        values["by_hand"] = True
    if terms.priority is not None and told:
        values["priority"] = terms.priority
    if terms.on_shortfall is not None:
        values["on_shortfall"] = terms.on_shortfall
    return named_facts(asked, values)


def _promises(asked: Asked, whole: InstructionWhole) -> tuple[views.PromiseRow, ...]:
    return tuple(
        views.PromiseRow(
            one.number,
            asked.party(one.giver),
            asked.party(one.receiver),
            asked.party(one.agent),
            one.attested,
        )
        for one in whole.promises
    )


def _penalties(asked: Asked, whole: InstructionWhole) -> tuple[views.PenaltyRow, ...]:
    return tuple(
        views.PenaltyRow(
            asked.party(one.payer_owner),
            asked.party(one.payee_owner),
            asked.amount(one.asset, one.amount),
            one.days,
            one.entry,
        )
        for one in whole.penalties
    )


def _sees(asked: Asked, whole: InstructionWhole) -> bool:
    concerned = [side.party for side in (*whole.sides, *whole.informed)]
    return reader_may_see_the_queue(asked.reader) or reader_is_concerned(asked.reader, concerned)


def _row(
    asked: Asked, line: InstructionLine, whole: InstructionWhole | None
) -> views.InstructionRow:
    sees = whole is not None and _sees(asked, whole)
    legs = whole.legs if whole is not None and sees else ()
    cash = next((leg for leg in legs if _is_money(asked, leg.asset)), None)
    securities = next((leg for leg in legs if not _is_money(asked, leg.asset)), None)
    reason = cause_words(line.cause) if line.cause is not None else None
    if line.stage == "alleged":
        reason = words_for("instruction.waits_affirmation", "")
    elif line.stage == "matched":
        reason = words_for("instruction.waits_date", "")
    elif line.stage == "queued":
        reason = words_for("instruction.waits_queue", "")
    elif line.stage in ENDS:
        reason = None
    return views.InstructionRow(
        instruction_id=identifiers.show("instruction", line.id),
        kind="dvp" if whole is None else kind_of(asked, whole),
        securities=None if securities is None else _amount(asked, securities),
        cash=None if cash is None else _amount(asked, cash),
        value_on=line.value_date,
        state=views.State(line.stage),
        reason=reason,
        entry=line.entry,
        whole=sees,
    )


def _is_money(asked: Asked, asset: bytes) -> bool:
    found = asked.asset(asset)
    return found is not None and found.is_money


def _amount(asked: Asked, leg: LegLine) -> views.Amount:
    return asked.amount(leg.asset, leg.amount + leg.settled)


def _leg(asked: Asked, line: InstructionLine, leg: LegLine) -> views.LegRow:
    return views.LegRow(
        amount=_amount(asked, leg),
        source=asked.party(leg.source_owner),
        source_account_id=identifiers.show("account", leg.source),
        target=asked.party(leg.target_owner),
        target_account_id=identifiers.show("account", leg.target),
        state=views.State(line.stage),
        settled=asked.amount(leg.asset, leg.settled) if leg.settled else None,
    )


def _affirmations(asked: Asked, whole: InstructionWhole) -> tuple[views.AffirmationRow, ...]:
    delivering = {leg.source_owner for leg in whole.legs if not _is_money(asked, leg.asset)}
    receiving = {leg.target_owner for leg in whole.legs if not _is_money(asked, leg.asset)}
    sides = {**dict.fromkeys(whole.givers, "pays"), **dict.fromkeys(receiving, "receive"),
             **dict.fromkeys(delivering, "deliver")}  # fmt: skip
    times = {step.entry: step.at for step in whole.found.history}
    return tuple(_affirmation(asked, side, sides, times) for side in whole.sides)


def _affirmation(
    asked: Asked, side: SideLine, sides: Mapping[bytes, str], times: dict[int, int]
) -> views.AffirmationRow:
    entry = side.affirmed
    return views.AffirmationRow(
        party=asked.party(side.party),
        side=sides.get(side.party, "mediates"),
        at=None if entry is None else times.get(entry),
        entry=entry,
        receipt_id=None if entry is None else str(entry),
    )


def _stages(found: InstructionFound) -> tuple[views.StageRow, ...]:
    steps = [step for step in found.history if step.what in tuple(views.State)]
    rows = [_stage(step) for step in steps]
    stage = found.instruction.stage
    if stage in ENDS:
        return tuple(rows)
    ahead = WAY[1:] if stage == WAY[0] else WAY[2:]
    for place, one in enumerate(ahead):
        where = views.LifeStage.DUE if place else views.LifeStage.NEXT
        rows.append(views.StageRow(views.State(one), where, None, None, None))
    return tuple(rows)


def _stage(step: StepLine) -> views.StageRow:
    return views.StageRow(
        views.State(step.what), views.LifeStage.DONE, step.at, step.entry, str(step.entry)
    )


def _price(asked: Asked, legs: Iterable[LegLine]) -> int | None:
    """Give what is paid for 100 of nominal, exact to the millionth or not at all."""
    cash = units = None
    for leg in legs:
        found = asked.asset(leg.asset)
        if found is None:
            return None
        if found.is_money:
            cash = leg.amount
        else:
            units = found.nominal(leg.amount)
    if cash is None or not units:
        return None
    whole, rest = divmod(cash * PAR, units)
    return None if rest else whole


def _assets(asked: Asked, assets: Iterable[bytes]) -> Iterable[views.Reference]:
    for asset in dict.fromkeys(assets):
        found = asked.asset(asset)
        shown = identifiers.show("asset", asset)
        yield views.Reference(shown if found is None else found.name, f"/instruments/{shown}")
