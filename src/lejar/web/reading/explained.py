# SPDX-License-Identifier: Apache-2.0
"""What the rules allow of a purchase, asked of the writer for a reader's own accounts."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from lejar.domain.policy.explain import Answered, DutyAnswer, Explanation, Question, RuleAnswer
from lejar.kernel import identifiers
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.projections.known import MONEY
from lejar.projections.privileged.holdings import AccountLine, account, accounts_page
from lejar.projections.public.instruments import InstrumentLine, instruments_page
from lejar.projections.public.reasons import currency_code, own_currency
from lejar.reference.wording import NO_LIMIT_FROM, About, fact_label, fact_text
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page
from lejar.web.reading.entries import id_of
from lejar.web.reading.rules import words

Explainer: TypeAlias = Callable[[Question], Answered]
"""Asks the writer; raises `Unavailable` when it does not answer."""

CHOICES_MAX: Final = 200
HUB: Final = "hub"
_UNITS: Final = re.compile(r"[0-9][0-9, ]{0,24}")
_MONEY: Final = re.compile(r"(?P<whole>[0-9][0-9, ]{0,24})(?:\.(?P<part>[0-9]{2}))?")


def explain_view(
    asked: Asked, asking: views.Asking | None, explainer: Explainer | None
) -> views.ExplainView:
    """Give the page: a form, and the answer where one was asked for."""
    accounts, assets = _accounts(asked), _assets(asked)
    filled = asking or views.Asking()
    errors: tuple[str, ...] = ()
    verdict = None
    if asking is not None and asked.reader is not None:
        question, errors = _question(asked, asking)
        if question is not None and explainer is not None:
            explanation = explainer(question).explanation
            verdict = None if explanation is None else _verdict(asked, explanation)
            errors = ("asset",) if explanation is None else ()
    return views.ExplainView(
        as_at=asked.as_at,
        signed_in=asked.reader is not None,
        asking=filled,
        accounts=tuple(_account_choice(asked, one, filled.account) for one in accounts),
        assets=tuple(_asset_choice(one, filled.asset) for one in assets),
        errors=errors,
        verdict=verdict,
    )


def _question(asked: Asked, asking: views.Asking) -> tuple[Question | None, tuple[str, ...]]:
    """Read the form; gives the question, or the fields in which nothing fit stands."""
    account_id = _own_account(asked, asking.account)
    asset = id_of("asset", asking.asset)
    if asset is not None and asked.asset(asset) is None:
        asset = None
    amount, total = units_of(asking.amount), sen_of(asking.total)
    errors = [
        name
        for name, is_wrong in (
            ("account", account_id is None),
            ("asset", asset is None),
            ("amount", not amount),
            ("total", total is None and asking.total.strip() != ""),
        )
        if is_wrong
    ]
    if account_id is None or asset is None or not amount or errors:
        return None, tuple(errors)
    currency = own_currency(asked.snapshot) if total is not None else None
    paid = total if currency is not None and total else None
    return Question(account_id, asset, amount, paid, currency, None, asking.offer), ()


def _own_account(asked: Asked, text: str) -> bytes | None:
    """Give an account that this reader may ask about; any, for a supervisor."""
    raw = id_of("account", text)
    found = None if raw is None else account(asked.snapshot, raw)
    if found is None or asked.reader is None:
        return None
    concerned = (found.account.owner, found.account.beneficiary)
    return raw if asked.reader.supervises or asked.reader.party in concerned else None


def units_of(text: str) -> int | None:
    """Read a number of units, thousands parted or not; none for what is none."""
    if _UNITS.fullmatch(text.strip()) is None:
        return None
    number = int(re.sub("[, ]", "", text))
    return number if number <= AMOUNT_MAX else None


def sen_of(text: str) -> int | None:
    """Read a sum with its sen, or without; none for what is none."""
    found = _MONEY.fullmatch(text.strip().removeprefix("RM").strip())
    if found is None:
        return None
    sen = int(re.sub("[, ]", "", found["whole"])) * 100 + int(found["part"] or 0)
    return sen if sen <= AMOUNT_MAX else None


def _accounts(asked: Asked) -> tuple[AccountLine, ...]:
    if asked.reader is None:
        return ()
    party = asked.reader.party
    found = read_page(
        lambda page: accounts_page(asked.snapshot, party, page), Cursor(), CHOICES_MAX
    )
    return found.rows


def _assets(asked: Asked) -> tuple[InstrumentLine, ...]:
    found = read_page(
        lambda page: instruments_page(asked.snapshot, wanted=page), Cursor(), CHOICES_MAX
    )
    return tuple(one for one in found.rows if one.kind not in MONEY)


def _account_choice(asked: Asked, line: AccountLine, chosen: str) -> views.Choice:
    shown = identifiers.show("account", line.id)
    owner = asked.names.get(line.owner, "")
    return views.Choice(shown, f"{shown} {owner}".strip(), shown == chosen)


def _asset_choice(line: InstrumentLine, chosen: str) -> views.Choice:
    shown = identifiers.show("asset", line.id)
    return views.Choice(shown, line.name or line.code, shown == chosen)


def _verdict(asked: Asked, answer: Explanation) -> views.VerdictView:
    question, wanted = answer.question, answer.question.amount
    outcome = "all" if answer.allowed == wanted else "some" if answer.allowed else "none"
    found = asked.asset(question.asset)
    about = About(
        asset=None if found is None else found.name, currency=currency_code(asked.snapshot)
    )
    rows = tuple(_binding(one, wanted, about) for one in answer.answers)
    return views.VerdictView(
        wanted=f"{wanted:,}",
        allowed=f"{answer.allowed:,}",
        outcome=outcome,
        rows=rows,
        duties=tuple(_cost(asked, question, one) for one in answer.duties),
        unknown=answer.unknown,
        packs=answer.packs,
        missing_packs=answer.missing_packs,
        entry=answer.entry,
        at=answer.at,
    )


def _cost(asked: Asked, question: Question, duty: DutyAnswer) -> views.CostRow:
    return views.CostRow(duty.rule, asked.amount(question.currency or b"", duty.amount))


def _binding(one: RuleAnswer, wanted: int, about: About) -> views.BindingRow:
    allows = one.allows
    return views.BindingRow(
        rule_id=one.rule,
        href=None if one.pack == HUB else f"/rules/{one.rule}",
        title=views.Words(one.title, one.title_ms),
        code=one.code,
        binds=one.binds,
        allows=None if allows is None or allows >= NO_LIMIT_FROM else f"{allows:,}",
        holds_back=allows is not None and allows < wanted,
        then=f"{min(one.then_allowed, wanted):,}",
        basis=one.basis,
        link=one.link,
        source=one.source,
        facts=tuple(_fact(name, value, about) for name, value in one.facts if value is not None),
        remedy=views.Words(one.remedy, one.remedy_ms),
    )


def _fact(name: str, value: str, about: About) -> views.Fact:
    """Write a fact of an answer: numbers come as texts, ids as hexadecimal."""
    is_number = value.removeprefix("-").isdecimal()
    text = fact_text(name, int(value) if is_number else value, about)
    label = words(fact_label(name))
    return views.Fact(label, value if text is None else words(text))
