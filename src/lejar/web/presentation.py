# SPDX-License-Identifier: Apache-2.0
"""From a view's facts to the rows a component prints, in the reader's words.

Each function takes the catalogue last and gives plain text, never markup: the templates escape it.
"""

import re
from dataclasses import fields
from datetime import date
from typing import Final, NotRequired, TypedDict
from urllib.parse import parse_qsl, urlencode, urlsplit

from lejar.web import formats
from lejar.web.language import Catalogue, Language
from lejar.web.views import (
    Amount,
    Fact,
    FactValue,
    LifeEvent,
    Moment,
    Reference,
    RefusalView,
    StageRow,
    Terms,
    ThresholdRow,
    UnitTerms,
    Words,
)

INSTRUCTION_ID: Final = re.compile("inst_[a-z2-7]{26}")
INSTRUCTION_ID_APART: Final = re.compile(f"({INSTRUCTION_ID.pattern})")


class Piece(TypedDict):
    """A part of a sentence; no address, no link."""

    text: str
    href: str


TONES: Final = {
    "open": "success",
    "live": "success",
    "settled": "success",
    "paid": "success",
    "valid": "success",
    "in_force": "danger",
    "executed": "danger",
    "frozen": "danger",
    "halted": "danger",
    "failed": "danger",
    "queued": "warning",
    "enacted": "success",
    "objected": "danger",
    "stalled": "warning",
    "agreed": "primary",
    "revoked": "danger",
    "suspended": "danger",
    "met": "success",
    "missed": "danger",
    "late": "warning",
    "alleged": "warning",
    "waiting": "warning",
    "matched": "primary",
    "paying": "primary",
    "fixed": "primary",
    "announced": "primary",
    "scheduled": "neutral",
    "assigned": "primary",
    "explained": "primary",
    "resolved": "success",
    "reopened": "warning",
    "escalated": "danger",
    "overdue": "danger",
}

NAMED_TERMS: Final = ("principle", "day_count", "convention", "rounding")
MONEY_TERMS: Final = ("issue_sen", "unit_nominal_sen")


class Row(TypedDict):
    """A label and its value; None: not known."""

    label: str
    value: str | None
    href: NotRequired[str]
    is_code: NotRequired[bool]
    """The value is an id or a digest."""


class TimelineEvent(TypedDict):
    """What the timeline component prints."""

    title: str
    when: str
    note: str | None
    href: str | None
    state: str


class RefusalParams(TypedDict):
    """What the refusal component prints."""

    code: str
    sentence: str
    general: str | None
    rule: str | None
    rule_href: str | None
    pack: str | None
    pack_href: str | None
    basis: str | None
    link: str | None
    source: str | None
    allowed: str | None
    remedy: str | None
    facts: list[Row]


def said(text: str | Words, words: Catalogue) -> str:
    """Return a text in the reader's language."""
    if isinstance(text, str):
        return text
    return text.ms if words.language is Language.MS else text.en


def named(name: str, family: str, words: Catalogue) -> str:
    """Return the words for a name of the code, such as a command's or a role's."""
    return words.known(f"{family}.{formats.plain_name(name)}", formats.in_words(name))


def command_name(command: str, words: Catalogue) -> str:
    """Return the words for a command; bytes that held no readable command have no name."""
    return named(command, "command", words) if command else words("command.unreadable")


def agency_name(name: str, words: Catalogue) -> str:
    """Return what an agency is called that a pack names; one that nobody named, by its letters."""
    return words.known(f"authority.{name}", name.upper())


def agency_names(names: tuple[str, ...], words: Catalogue) -> str:
    """Return several agencies on one line."""
    return ", ".join(agency_name(one, words) for one in names)


def explain_errors(fields: tuple[str, ...], words: Catalogue) -> list[dict[str, str]]:
    """Return what is wrong with a question, each leading to its field."""
    return [{"text": words(f"explain.error_{name}"), "href": f"#{name}"} for name in fields]


def tone(state: str) -> str:
    """Return the tone a state is shown in; neutral for those that ask nothing of the reader."""
    return TONES.get(state, "neutral")


def amount_text(amount: Amount, words: Catalogue) -> str:
    """Return an amount as one line of text."""
    if amount.asset == "MYR":
        return formats.ringgit(amount.units)
    if amount.decimals is not None:
        return formats.in_currency(amount.units, amount.asset, amount.decimals)
    text = words("value.units", units=formats.count(amount.units), asset=amount.asset)
    if amount.nominal_sen is None:
        return text
    return f"{text} ({formats.ringgit(amount.nominal_sen)})"


def fact_rows(facts: tuple[Fact, ...], words: Catalogue) -> list[Row]:
    """Return facts as rows; an id that has a page links to it."""
    return [_fact_row(fact, words) for fact in facts]


def _fact_row(fact: Fact, words: Catalogue) -> Row:
    row = Row(label=said(fact.label, words), value=_fact_text(fact.value, words))
    if isinstance(fact.value, Reference):
        row["is_code"] = fact.value.is_id
        if fact.value.href is not None:
            row["href"] = fact.value.href
    return row


def _fact_text(value: FactValue, words: Catalogue) -> str | None:
    match value:
        case None:
            return None
        case Amount():
            return amount_text(value, words)
        case Reference():
            return formats.shortened(value.text) if value.is_id else value.text
        case Moment():
            return formats.moment(value.at, words)
        case date():
            return formats.long_date(value, words)
        case _:
            return said(value, words)


def refusal_params(refusal: RefusalView, words: Catalogue) -> RefusalParams:
    """Return a refusal for its component; a rule of a pack, and the pack, have their pages."""
    is_of_pack = refusal.pack is not None and refusal.rule is not None
    return RefusalParams(
        code=refusal.code,
        sentence=said(refusal.sentence, words),
        general=_said(refusal.general, words),
        rule=refusal.rule,
        rule_href=f"/rules/{refusal.rule}" if is_of_pack else None,
        pack=refusal.pack,
        pack_href=f"/packs/{'/'.join(str(refusal.pack).split())}" if is_of_pack else None,
        basis=refusal.basis,
        link=refusal.link,
        source=_said(refusal.source, words),
        allowed=_said(refusal.allowed, words),
        remedy=_said(refusal.remedy, words),
        facts=fact_rows(refusal.facts, words),
    )


def _said(text: Words | None, words: Catalogue) -> str | None:
    return None if text is None else said(text, words)


def threshold_rows(thresholds: tuple[ThresholdRow, ...], words: Catalogue) -> list[Row]:
    """Return how many keys must sign, a row for each role."""
    return [
        Row(
            label=words("party.threshold", role=named(row.role, "role", words).lower()),
            value=formats.count(row.needed),
        )
        for row in thresholds
    ]


def term_rows(terms: Terms, words: Catalogue) -> list[Row]:
    """Return every term as a row, in the order of the record; our assumptions say so."""
    rows = []
    for field in fields(terms):
        if field.name in {"assumed", "source"}:
            continue
        value = _term_text(terms, field.name, words)
        if value is not None and field.name in terms.assumed:
            value = words("instrument.assumed", value=value)
        rows.append(Row(label=words(f"term.{field.name}"), value=value))
    return rows


def unit_rows(units: UnitTerms, words: Catalogue) -> list[Row]:
    """Return the terms of plain units as rows; no number means no limit, which is said."""
    limits = (("units_max", units.units_max), ("holding_max", units.holding_max))
    rows = [
        Row(
            label=words(f"fact.{name}"),
            value=words("value.no_limit") if limit is None else formats.count(limit),
        )
        for name, limit in limits
    ]
    rows.append(Row(label=words("fact.jurisdictions"), value=", ".join(units.jurisdictions)))
    rows += [Row(label=words("fact.documents"), value=one) for one in units.documents]
    return rows


def _term_text(terms: Terms, name: str, words: Catalogue) -> str | None:
    value: object = getattr(terms, name)
    match value:
        case None:
            return None
        case date():
            return formats.long_date(value, words)
        case int() if name in MONEY_TERMS:
            return formats.ringgit(value)
        case int() if name == "rate":
            return formats.percent(value)
        case int() if name == "redemption_price":
            return formats.price(value)
        case int():
            return formats.count(value)
        case _ if name in NAMED_TERMS:
            return words.known(f"{name}.{term_key(str(value))}", str(value))
        case _:
            return str(value)


def term_key(text: str) -> str:
    """Return a value of the terms as a key of the catalogue: `half up to the sen`, `ACT/365`."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower())


def life_events(events: tuple[LifeEvent, ...], words: Catalogue) -> list[TimelineEvent]:
    """Return an instrument's life for the timeline."""
    return [
        TimelineEvent(
            title=_life_title(event, words),
            when=formats.long_date(event.on, words),
            note=_life_note(event, words),
            href=_receipt_href(event.receipt_id),
            state=event.stage.value,
        )
        for event in events
    ]


def _life_title(event: LifeEvent, words: Catalogue) -> str:
    if event.count is not None:
        counted = words.known(f"life.{event.kind}_count", "")
        if counted:
            return counted.format_map({"count": formats.count(event.count)})
    return named(event.kind, "life", words)


def _life_note(event: LifeEvent, words: Catalogue) -> str | None:
    parts = []
    if event.amount_sen is not None:
        parts.append(formats.ringgit(event.amount_sen))
    if event.note is not None:
        parts.append(said(event.note, words))
    return " · ".join(parts) or None


def stage_events(stages: tuple[StageRow, ...], words: Catalogue) -> list[TimelineEvent]:
    """Return an instruction's way for the timeline."""
    return [
        TimelineEvent(
            title=words(f"state.{stage.state.value}"),
            when=words("value.not_yet") if stage.at is None else formats.moment(stage.at, words),
            note=_stage_note(stage, words),
            href=_receipt_href(stage.receipt_id),
            state=stage.stage.value,
        )
        for stage in stages
    ]


def _stage_note(stage: StageRow, words: Catalogue) -> str | None:
    if stage.entry is None:
        return None
    return words("timeline.entry", entry=formats.entry_number(stage.entry))


def _receipt_href(receipt_id: str | None) -> str | None:
    return None if receipt_id is None else f"/receipts/{receipt_id}"


def neighbour(cursor: str | None, path: str, direction: str) -> str | None:
    """Return the address of the page `before` or `after` a cursor, keeping the page's filters."""
    if cursor is None:
        return None
    asked = urlsplit(path)
    kept = [pair for pair in parse_qsl(asked.query) if pair[0] not in {"before", "after"}]
    return f"{asked.path}?{urlencode([*kept, (direction, cursor)])}"


def exported(path: str, format_: str, table: str | None) -> str:
    """Return the address of a page's export, keeping its filters and its place in the list."""
    asked = urlsplit(path)
    kept = [pair for pair in parse_qsl(asked.query) if pair[0] not in {"format", "table"}]
    wanted = [("format", format_)] + ([] if table is None else [("table", table)])
    return f"{asked.path}?{urlencode([*kept, *wanted])}"


def in_pieces(text: str) -> list[Piece]:
    """Return a sentence in pieces: the instructions it names lead to their pages."""
    return [
        {"text": piece, "href": f"/instructions/{piece}" if INSTRUCTION_ID.fullmatch(piece) else ""}
        for piece in INSTRUCTION_ID_APART.split(text)
        if piece
    ]


def section_path(path: str) -> str:
    """Return the path by which the navigation knows where a page belongs."""
    is_of_rules = path.startswith(("/rules/", "/cohorts", "/obligations", "/explain"))
    if path in {"/queue", "/settlement-day"} or path.startswith("/reconciliation"):
        return f"/instructions{path}"
    return f"/packs{path}" if is_of_rules else path


def sign_in_address(path: str) -> str:
    """Return where to sign in, and come back from; errors and the page itself lead to the start."""
    inside = path.startswith("/") and not path.startswith(("/sign-in", "/find"))
    return f"/sign-in?{urlencode([('next', path)])}" if inside and path != "/" else "/sign-in"
