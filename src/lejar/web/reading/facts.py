# SPDX-License-Identifier: Apache-2.0
"""Facts of events and of refusals, in a form for people.

A field is understood by its name, and the names mean the same in every module: `account` is always
an account, `amount` always an amount of the asset beside it.  What has no meaning here is printed
as it is, so a new command can be read before anybody has written a line for it.
"""

import enum
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

import msgspec
from sqlalchemy import select

from lejar.assembly import MACHINE
from lejar.domain.basis import LegalBasis
from lejar.domain.identity import Key, Threshold
from lejar.domain.policy.pack import Pack
from lejar.domain.settlement import InstructionLeg
from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.kernel.identifiers import ID_BYTES
from lejar.projections.public.reasons import own_currency
from lejar.projections.public.rules import pack
from lejar.projections.schema import accounts, assets, instructions, parties, payments
from lejar.reference.wording import Reason
from lejar.web import views
from lejar.web.formats import in_words, plain_name
from lejar.web.language import Language, catalogue
from lejar.web.reading.asked import Asked

PARTIES: Final = frozenset(
    {
        "buy_in_by",
        "counterparty",
        "giver",
        "mediator",
        "receiver",
        "venue",
        "agency",
        "agent",
        "approver",
        "bank",
        "beneficiary",
        "central_bank",
        "concurring",
        "granter",
        "concerned",
        "issuer",
        "must_agree",
        "party",
        "affirmed",
        "assigned_to",
        "explained_by",
        "by",
        "keeper",
        "participants",
        "person",
        "proposer",
        "registrar",
        "revoker",
        "signed",
        "signer",
    }
)
ACCOUNTS: Final = frozenset(
    {
        "payee",
        "account",
        "cash_account",
        "collateral_account",
        "collector",
        "court_account",
        "issuance_account",
        "payer",
        "paying_account",
        "source",
        "target",
    }
)
ASSETS: Final = frozenset({"asset", "assets", "currency", "money"})
EITHER: Final = frozenset({"owner", "subject"})
"""Ids of which only the tables say what they are."""
MOMENTS: Final = frozenset(
    {
        "at",
        "buy_in_until",
        "closes_at",
        "due_at",
        "escalates_at",
        "earliest_at",
        "effective_at",
        "expires_at",
        "from_at",
        "happened_at",
        "locked_until",
        "notice_until",
        "to",
        "valid_until",
    }
)
KINDS: Final[Mapping[str, str]] = {
    "break_id": "break",
    "counterpart": "counterpart",
    "credit": "credit",
    "enacted": "proposal",
    "hold": "hold",
    "instruction": "instruction",
    "payment": "payment",
    "person": "person",
    "persons": "person",
    "promise": "promise",
    "proposal": "proposal",
}
"""Ids of which the name alone says what they are."""
MONEY: Final = frozenset(
    {
        "bank_max",
        "daily_out_max",
        "income",
        "outstanding",
        "owed",
        "paid",
        "principal",
        "residue",
        "shortfall",
        "total",
        "unclaimed",
    }
)
AMOUNTS: Final = frozenset({"allowed", "amount", "amount_max", "free", "missing", *MONEY})
UNITS: Final = frozenset(
    {"holding_max", "issued", "issuer_units", "units", "units_max", "units_redeemed"}
)
NAMED: Final[Mapping[str, str]] = {
    "asset_class": "kind",
    "break_cause": "break_cause",
    "credential": "credential",
    "required": "credential",
    "roles": "role",
    "form": "intraday_form",
    "forms": "intraday_form",
    "kind": "kind",
    "on_shortfall": "on_shortfall",
    "power": "power",
    "priority": "priority",
    "purpose": "purpose",
    "role": "role",
    "appeal": "state",
    "stage": "state",
    "status": "state",
}
PAGES: Final[Mapping[str, str]] = {
    "break": "/reconciliation/breaks/",
    "party": "/parties/",
    "asset": "/instruments/",
    "instruction": "/instructions/",
    "cohort": "/cohorts/",
    "proposal": "/proposals/",
    "directive": "/directives/",
}


def facts_of(
    asked: Asked, record: msgspec.Struct, only: frozenset[str] | None = None
) -> tuple[views.Fact, ...]:
    """Give an event's facts; `only` names those that this reader may see, None: all."""
    values = {name: getattr(record, name) for name in record.__struct_fields__}
    worth = _worth(asked, values)
    facts: list[views.Fact] = []
    for name, value in values.items():
        if only is None or name in only:
            facts.extend(_facts(asked, name, value, worth))
    return tuple(facts)


def refusal_facts(
    asked: Asked, facts: Mapping[str, int | str | None], reason: Reason
) -> tuple[views.Fact, ...]:
    """Give the facts of a refusal as they are told everywhere; ids lead to their pages."""
    values = {name: _unhexed(value) for name, value in facts.items()}
    worth = _worth(asked, values)
    told: list[views.Fact] = []
    for one in reason.facts:
        value = values[one.name]
        if isinstance(value, bytes) or one.name in NAMED or one.name == "cause":
            told.extend(_facts(asked, one.name, value, worth))
        else:
            words = views.Words(one.text.en, one.text.ms)
            told.append(views.Fact(label(one.name), words))
    return tuple(told)


def named_facts(asked: Asked, values: Mapping[str, object]) -> tuple[views.Fact, ...]:
    """Give values as facts, each understood by its name."""
    worth = _worth(asked, values)
    return tuple(fact for name in values for fact in _facts(asked, name, values[name], worth))


def carried_facts(asked: Asked, data: bytes) -> tuple[views.Fact, ...]:
    """Give the facts of a command that another one carries; none of one nobody reads any more."""
    try:
        command: msgspec.Struct = MACHINE.read_command(data)
    except Malformed:
        return ()
    return facts_of(asked, command)


@cache
def label(name: str) -> views.Words:
    """Name a fact in both languages."""
    return words_for(f"fact.{name}", in_words(name))


def words_for(key: str, otherwise: str) -> views.Words:
    """Give a message of the catalogue in both languages."""
    texts = [catalogue(language).known(key, otherwise) for language in Language]
    return views.Words(*texts)


def cause_words(code: str) -> views.Words:
    """Say a refusal's code as its sentence."""
    known = MACHINE.refusals.get(code)
    if known is None:  # not a refusal's code: why two ledgers disagreed
        return words_for(f"break_cause.{code}", code)
    return views.Words(known.row.sentence, known.row.sentence_ms)


class _Worth(msgspec.Struct, frozen=True):
    """Of which asset a record's amounts and units are."""

    money: bytes | None
    units: bytes | None


def _worth(asked: Asked, values: Mapping[str, object]) -> _Worth:
    asset, payment = values.get("asset"), values.get("payment")
    if isinstance(payment, bytes):
        query = select(payments.c.money, payments.c.asset).where(payments.c.id == payment)
        row = asked.snapshot.connection.execute(query).one_or_none()
        if row is not None:
            return _Worth(bytes(row.money), bytes(row.asset))
    currency = values.get("currency")
    if isinstance(asset, bytes):
        return _Worth(currency if isinstance(currency, bytes) else asset, asset)
    if isinstance(currency, bytes):
        return _Worth(currency, currency)
    return _Worth(own_currency(asked.snapshot), None)


def _facts(asked: Asked, name: str, value: object, worth: _Worth) -> Iterator[views.Fact]:
    if name == "carried" and isinstance(value, bytes):
        yield views.Fact(label(name), words_for("value.on_proposal", name))
    elif isinstance(value, msgspec.Struct):
        yield from _nested(asked, value)
    elif isinstance(value, tuple):
        for one in value:
            yield from _facts(asked, name, one, worth)
        if not value:
            yield views.Fact(label(name), words_for("value.none", "Not set"))
    else:
        yield views.Fact(label(name), _value(asked, name, value, worth))


def _nested(asked: Asked, record: msgspec.Struct) -> Iterator[views.Fact]:
    if isinstance(record, InstructionLeg):
        yield views.Fact(label("leg"), asked.amount(record.asset, record.amount))
        for side in ("source", "target"):
            shown = identifiers.show("account", getattr(record, side))
            yield views.Fact(label(side), views.Reference(shown))
        return
    if isinstance(record, LegalBasis):
        yield views.Fact(label("basis"), record.cited())
        return
    if isinstance(record, Key):
        yield views.Fact(label("key"), views.Reference(record.public.hex()))
        return
    if isinstance(record, Threshold):
        role = words_for(f"role.{record.role}", str(record.role))
        number = record.keys
        yield views.Fact(
            label("threshold"), views.Words(f"{role.en}: {number}", f"{role.ms}: {number}")
        )
        return
    if isinstance(record, Pack):
        yield views.Fact(label("pack"), _pack(asked, record))
        return
    tag = record.__struct_config__.tag
    if tag is not None:
        yield views.Fact(label("terms"), words_for("value.on_instrument", str(tag)))


def _pack(asked: Asked, record: Pack) -> views.Reference:
    """Name a version of a pack; one that is only proposed has no page yet."""
    named = f"{record.jurisdiction} {record.version}"
    adopted = pack(asked.snapshot, record.jurisdiction, record.version)
    page = None if adopted is None else f"/packs/{record.jurisdiction}/{record.version}"
    return views.Reference(named, page, is_id=False)


def _value(asked: Asked, name: str, value: object, worth: _Worth) -> views.FactValue:
    if value is None:
        return words_for("value.none", "Not set")
    if isinstance(value, bytes):
        return _reference(asked, name, value)
    if isinstance(value, bool):
        return words_for("value.yes" if value else "value.no", str(value))
    if isinstance(value, date):
        return value
    if isinstance(value, int):
        return _number(asked, name, value, worth)
    return _text(name, str(value), is_choice=isinstance(value, str | enum.Enum))


def _text(name: str, text: str, *, is_choice: bool) -> views.FactValue:
    if not text:
        return words_for("value.none", "Not set")
    if name == "cause":
        return cause_words(text)
    if name in {"rule", "rules"}:
        return views.Reference(text, f"/rules/{text}", is_id=False)
    if name == "verb":  # one matter of it stands behind a slash
        verb = text.partition("/")[0]
        return words_for(f"command.{plain_name(verb)}", text)
    if name in NAMED and is_choice:
        return words_for(f"{NAMED[name]}.{plain_name(text)}", in_words(text))
    return text


def _number(asked: Asked, name: str, value: int, worth: _Worth) -> views.FactValue:
    if name in MOMENTS:
        return views.Moment(value)
    if name in AMOUNTS and worth.money is not None:
        return asked.amount(worth.money, value)
    if name in UNITS and worth.units is not None:
        return asked.amount(worth.units, value)
    return f"{value:,}"


def _reference(asked: Asked, name: str, value: bytes) -> views.FactValue:
    kind = _kind(asked, name, value) if len(value) == ID_BYTES else None
    if kind is None:
        return views.Reference(value.hex())
    shown = identifiers.show(kind, value)
    page = PAGES.get(kind)
    if kind == "asset":
        found = asked.asset(value)
        if found is not None:
            return views.Reference(found.name, f"{page}{shown}", is_id=False)
    if kind == "party" and value in asked.names:
        return views.Reference(asked.names[value], f"{page}{shown}", is_id=False)
    return views.Reference(shown, None if page is None else f"{page}{shown}")


def _kind(asked: Asked, name: str, value: bytes) -> str | None:
    for family, kind in ((PARTIES, "party"), (ACCOUNTS, "account"), (ASSETS, "asset")):
        if name in family:
            return kind
    if name in {"cohort", "directive", "hold", "instruction", "obligation", "payment"}:
        return name
    if name not in EITHER:
        return KINDS.get(name)
    tables = (
        ("party", parties.c.id),
        ("account", accounts.c.id),
        ("asset", assets.c.id),
        ("instruction", instructions.c.id),
        ("payment", payments.c.id),
    )
    for kind, column in tables:
        found = asked.snapshot.connection.execute(select(column).where(column == value)).first()
        if found is not None:
            return kind
    return None


def _unhexed(value: int | str | None) -> object:
    """Give an id or a digest its bytes again."""
    if isinstance(value, str) and len(value) in {2 * ID_BYTES, 64}:
        try:
            return bytes.fromhex(value)
        except ValueError:
            return value
    return value
