# SPDX-License-Identifier: Apache-2.0
"""Packs and their rules: what is in force on a day, as known on another, and how it came to be."""

from datetime import date
from itertools import groupby

from lejar.domain.policy.pack import Effect, Rule, unknown_values
from lejar.kernel import identifiers
from lejar.kernel.moment import MICROS_PER_DAY, local_date, start_of
from lejar.projections.privileged.ruled import lists_page
from lejar.projections.public import rules as public
from lejar.projections.schema import accounts, assets, parties
from lejar.reference.parameters import in_one_line, parameters, refusal_of, scope_rows
from lejar.reference.rules.kinds import kind_of
from lejar.reference.wording import Said, Told
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page, span_of

LISTS_SHOWN_MAX = 200


def packs_view(asked: Asked, cursor: Cursor) -> views.PacksView:
    """Give the page of packs, the newest first."""
    found = read_page(lambda page: public.packs_page(asked.snapshot, page), cursor)
    newest = [line.entry for line in public.newest_packs(asked.snapshot)]
    return views.PacksView(
        as_at=asked.as_at,
        rows=tuple(_pack(asked, line, newest=line.entry in newest) for line in found.rows),
        switches=tuple(
            views.SwitchRow(
                one.name, one.is_on, asked.party(one.set_by), one.since, one.basis, one.entry
            )
            for one in public.switches(asked.snapshot)
        ),
        duties=tuple(
            views.DutyRow(
                one.rule,
                one.times,
                asked.amount(one.asset, one.base),
                asked.amount(one.asset, one.amount),
            )
            for one in public.duty_totals(asked.snapshot)
        ),
        lists=_lists(asked),
        span=span_of(found),
    )


def pack_view(
    asked: Asked, jurisdiction: str, version: str | None, at: date | None, known: date | None
) -> views.PackView | None:
    """Give the page of a version: the one named, or the newest that was known on a day."""
    lines = public.versions(asked.snapshot, jurisdiction)
    if not lines:
        return None
    offset = lines[0].offset_minutes
    if version is None:
        end = None if known is None else start_of(known, offset) + MICROS_PER_DAY - 1
        line = public.known_at(lines, end)
    else:
        line = next((one for one in lines if one.version == version), None)
    if line is None:
        return None
    now = asked.as_at.at
    moment = now if at is None else start_of(at, offset)
    found = public.rules_of(asked.snapshot, line, moment)
    rows = tuple(rule_row(rule, jurisdiction, offset) for rule in found)
    by_topic = groupby(sorted(rows, key=lambda row: row.topic), key=lambda row: row.topic)
    return views.PackView(
        as_at=asked.as_at,
        row=_pack(asked, line, newest=line == lines[0]),
        at=at or local_date(now, offset),
        known=known,
        rows=rows,
        groups=tuple(views.RuleGroup(topic, tuple(group)) for topic, group in by_topic),
        verified=sum(row.verified for row in rows),
        unknown=sum(row.unknown for row in rows),
        versions=tuple(_pack(asked, one, newest=one == lines[0]) for one in lines),
        names=_names(asked),
    )


def rule_view(asked: Asked, rule_id: str) -> views.RuleView | None:
    """Give the page of a rule: as it stands now, or as it last stood."""
    history = public.rule_history(asked.snapshot, rule_id)
    if not history:
        return None
    now = asked.as_at.at
    newest = [line.entry for line in public.newest_packs(asked.snapshot)]
    standing = [one for one in history if one.entry in newest and one.rule.is_in_force(now)]
    line = standing[0] if standing else history[0]
    rule, source = line.rule, line.rule.source
    return views.RuleView(
        as_at=asked.as_at,
        row=rule_row(rule, line.jurisdiction, line.offset_minutes),
        version=_version(line),
        in_force=bool(standing),
        parameters=facts(parameters(rule.spec, line.jurisdiction, line.offset_minutes)),
        scope=facts(scope_rows(rule.scope)),
        consult=rule.consult,
        agree=rule.agree,
        backed_by=rule.backed_by,
        basis=rule.basis.cited(),
        link=rule.basis.link,
        source=source.reference,
        collected=source.collected,
        review=source.review,
        history=tuple(_version(one) for one in history),
        refusal=_refusal(rule),
    )


def rule_row(rule: Rule, jurisdiction: str, offset_minutes: int) -> views.RuleRow:
    """Give one line of a list of rules."""
    _, _, rest = rule.id.partition(".")
    return views.RuleRow(
        rule_id=rule.id,
        title=views.Words(rule.title, rule.title_ms),
        kind=kind_of(rule.spec),
        topic=rest.partition(".")[0],
        owner=rule.owner,
        value=words(in_one_line(rule.spec, jurisdiction, offset_minutes)),
        grade=str(rule.source.grade),
        verified=rule.source.verified,
        binds=rule.effect is Effect.BIND,
        unknown=bool(unknown_values(rule)),
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
    )


def words(said: Said) -> views.Words:
    """Give a text in the pages' form."""
    return views.Words(said.en, said.ms)


def facts(told: tuple[Told, ...]) -> tuple[views.Fact, ...]:
    """Give rows in the pages' form."""
    return tuple(views.Fact(words(one.label), words(one.text)) for one in told)


def _pack(asked: Asked, line: public.PackLine, *, newest: bool) -> views.PackRow:
    return views.PackRow(
        jurisdiction=line.jurisdiction,
        version=line.version,
        rules=line.rules,
        recorded_at=line.recorded_at,
        entry=line.entry,
        by=asked.party(line.adopted_by),
        basis=line.basis,
        link=line.link,
        digest=line.digest.hex(),
        newest=newest,
    )


def _version(line: public.RuleLine) -> views.RuleVersionRow:
    rule = line.rule
    return views.RuleVersionRow(
        version=line.version,
        jurisdiction=line.jurisdiction,
        recorded_at=line.recorded_at,
        entry=line.entry,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        value=words(in_one_line(rule.spec, line.jurisdiction, line.offset_minutes)),
        title=views.Words(rule.title, rule.title_ms),
    )


def _refusal(rule: Rule) -> views.RefusalRow | None:
    reason = refusal_of(rule)
    if reason is None:
        return None
    row = reason.row
    return views.RefusalRow(
        reason.code,
        views.Words(row.sentence, row.sentence_ms),
        views.Words(row.remedy, row.remedy_ms),
    )


def _lists(asked: Asked) -> tuple[views.ListRow, ...]:
    found = read_page(lambda page: lists_page(asked.snapshot, page), Cursor(), LISTS_SHOWN_MAX)
    return tuple(
        views.ListRow(
            name=one.name,
            keeper=asked.party(one.keeper),
            version=one.version,
            updated_at=one.updated_at,
            members=one.members if reader_is_concerned(asked.reader, (one.keeper,)) else None,
            entry=one.entry,
        )
        for one in found.rows
    )


def _names(asked: Asked) -> tuple[views.NameRow, ...]:
    return tuple(
        views.NameRow(one.name, _target(asked, one.target))
        for one in public.names_bound(asked.snapshot)
    )


def _target(asked: Asked, target: bytes) -> views.Reference:
    """Say what a word stands for: a party or an asset has a page, an account has none."""
    connection = asked.snapshot.connection
    for table, kind, page in (
        (parties, "party", "/parties/"),
        (assets, "asset", "/instruments/"),
        (accounts, "account", None),
    ):
        if connection.execute(table.select().where(table.c.id == target)).first() is not None:
            shown = identifiers.show(kind, target)
            name = asked.names.get(target)
            if name is not None and page is not None:
                return views.Reference(name, f"{page}{shown}", is_id=False)
            return views.Reference(shown, None if page is None else f"{page}{shown}")
    return views.Reference(target.hex())
