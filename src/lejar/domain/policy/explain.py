# SPDX-License-Identifier: Apache-2.0
"""Could this party buy so much of that today; if not, how much, and what would change it?

The answer comes from the very rules that the gate asks, one by one, so that each can say what it
alone allows.  It is personal: whoever asks for it must be allowed to know about the buyer.
"""

from collections.abc import Iterator, Sequence
from math import lcm

import msgspec

from lejar.domain.policy.book import EMPTY, book
from lejar.domain.policy.charges import is_due
from lejar.domain.policy.gate import RULES, known_profile
from lejar.domain.policy.kinds.duty import Payer, due
from lejar.domain.policy.model import AssetProfile, Movement, MovePurpose
from lejar.domain.policy.pack import Effect
from lejar.domain.policy.program import Asked, Program, compiled, program_in
from lejar.domain.policy.refusing import most
from lejar.kernel.codec import Record, decoder
from lejar.kernel.envelope import Id
from lejar.kernel.quantity import AMOUNT_MAX, Amount
from lejar.kernel.refusal import Fact
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Account, Purpose, known_account

Told = tuple[tuple[str, str | None], ...]


class Question(Record, frozen=True):
    """A purchase that somebody thinks of; nothing is moved."""

    account: Id
    """The account that would receive."""
    asset: Id
    amount: Amount
    paid: Amount | None
    """What would be paid in all, in the smallest units of the currency; none: nothing is said."""
    currency: Id | None
    seller: Id | None
    """The account that would give; none: not known yet."""
    from_issuer: bool
    """Whether the issuer itself would sell: an offer."""


class RuleAnswer(Record, frozen=True):
    """What one rule says of the purchase."""

    rule: str
    pack: str
    """Jurisdiction and version; `hub` for the hub's own rules."""
    code: str
    """The refusal with which it would say no."""
    title: str
    title_ms: str
    """The sentence that must hold."""
    remedy: str
    remedy_ms: str
    basis: str
    link: str | None
    source: str
    """Class of the source, and whether anybody has verified it."""
    binds: bool
    """Whether it refuses, or only advises."""
    allows: int | None
    """The largest amount that it allows; none: it sets no limit here."""
    facts: Told
    then_allowed: int
    """What all the other rules would allow, if this one were satisfied."""
    at_least: int
    """The smallest amount that it allows."""
    multiple_of: int
    """It allows whole lots of this size."""


class DutyAnswer(Record, frozen=True):
    """What the purchase would cost besides."""

    rule: str
    amount: int


class Explanation(Record, frozen=True):
    """The whole answer, as at an entry."""

    question: Question
    at: int
    entry: int
    allowed: int
    """The largest amount up to what was asked: all of it, some of it or nothing."""
    largest: int | None
    """The largest amount that the rules allow at this price; none: they set no limit."""
    answers: tuple[RuleAnswer, ...]
    duties: tuple[DutyAnswer, ...]
    unknown: tuple[str, ...]
    """Rules with a value that nobody could read: they limit nothing by it."""
    packs: tuple[str, ...]
    missing_packs: tuple[str, ...]
    """Jurisdictions of the asset for which no pack was adopted."""


class Answered(Record, frozen=True):
    """What the writer answers: an explanation, or the code of what is unknown."""

    explanation: Explanation | None
    refused: str | None


read_question = decoder(Question)
read_answered = decoder(Answered)


def explain(reader: Reader, entry: int, question: Question) -> Explanation:
    """Ask every rule about a purchase; raises `Refused` for an account or asset that is unknown."""
    profile = known_profile(reader, question.asset)
    leg = _movement(reader, question, profile)
    packs = compiled(reader)
    program = Program() if packs is None else program_in(packs, reader, leg, MovePurpose.SETTLEMENT)
    rules = [*_of_hub(reader, leg), *_of_program(program, reader, leg)]
    largest = _largest(rules)
    adopted = (book(reader) or EMPTY).newest
    return Explanation(
        question,
        reader.at,
        entry,
        _most(rules, question.amount),
        largest,
        tuple(_with_others(rules)),
        tuple(_duties(reader, leg, program)),
        program.unknown,
        tuple(f"{one.jurisdiction} {one.version}" for one in adopted),
        tuple(j for j in profile.jurisdictions if j not in [one.jurisdiction for one in adopted]),
    )


def _movement(reader: Reader, question: Question, profile: AssetProfile) -> Movement:
    """Make the movement that the purchase would be; an unknown seller is nobody."""
    receiver = known_account(reader, question.account)
    giver = Account(b"", Purpose.OWN, reader.at, None)
    source = b""
    if question.seller is not None:
        source, giver = question.seller, known_account(reader, question.seller)
    elif question.from_issuer:
        giver = Account(profile.issuer, Purpose.OWN, reader.at, None)
    pays_from = receiver.cash_account or question.account
    agents: tuple[bytes, ...] = ()
    if receiver.cash_account is not None:
        agents = (known_account(reader, receiver.cash_account).owner,)
    return Movement(
        question.asset,
        source,
        question.account,
        question.amount,
        profile,
        giver,
        receiver,
        question.paid or 0,
        question.currency or b"",
        pays_from,
        source,
        agents,
    )


def _of_hub(reader: Reader, leg: Movement) -> Iterator[RuleAnswer]:
    """Ask the hub's own rules; those about a giver wait until there is one."""
    for rule in RULES[MovePurpose.SETTLEMENT]:
        if not leg.giver.person and rule.__name__.startswith("source_"):
            continue
        answer = rule(reader, leg, (leg,))
        if answer is None:
            continue
        row = answer.reason.row
        yield RuleAnswer(
            rule.__name__,
            "hub",
            answer.reason.code,
            row.sentence,
            row.sentence_ms,
            row.remedy,
            row.remedy_ms,
            row.basis,
            None,
            "P, verified",
            binds=True,
            allows=answer.at_most,
            facts=_told(answer.facts),
            then_allowed=0,
            at_least=answer.at_least,
            multiple_of=answer.multiple_of,
        )


def _of_program(program: Program, reader: Reader, leg: Movement) -> Iterator[RuleAnswer]:
    for one in (*program.asked, *program.advised):
        if one.in_scope is not None and not one.in_scope(reader, leg):
            continue
        room = one.test.room(reader, leg, (leg,))
        if room is not None or one.test.at_least is not None or one.test.multiple_of > 1:
            allows = None if room is None else most(one, reader, leg, (leg,))
            yield _answer(one, allows, reader, leg)


def _answer(one: Asked, allows: int | None, reader: Reader, leg: Movement) -> RuleAnswer:
    rule, source = one.rule, one.rule.source
    return RuleAnswer(
        rule.id,
        one.pack,
        one.test.reason.code,
        rule.title,
        rule.title_ms,
        one.test.reason.row.remedy,
        one.test.reason.row.remedy_ms,
        rule.basis.cited(),
        rule.basis.link,
        f"{source.grade}, {'verified' if source.verified else 'not verified'}",
        binds=rule.effect is Effect.BIND,
        allows=allows,
        facts=_told(one.test.facts(reader, leg, (leg,))),
        then_allowed=0,
        at_least=1 if one.test.at_least is None else one.test.at_least(leg),
        multiple_of=one.test.multiple_of,
    )


def _most(rules: Sequence[RuleAnswer], wished: int) -> int:
    """Give the largest amount up to what is wished for that all binding rules allow together."""
    binding = [one for one in rules if one.binds]
    lot = lcm(*(one.multiple_of for one in binding))
    most_ = min([wished, *(one.allows for one in binding if one.allows is not None)]) // lot * lot
    return most_ if most_ >= max([1, *(one.at_least for one in binding)]) else 0


def _largest(rules: Sequence[RuleAnswer]) -> int | None:
    """Give the most that all binding rules allow together, or none when none sets a limit."""
    limited = any(one.binds and one.allows is not None for one in rules)
    return _most(rules, AMOUNT_MAX) if limited else None


def _with_others(rules: Sequence[RuleAnswer]) -> Iterator[RuleAnswer]:
    """Add to each rule what would be allowed if it alone were satisfied; the tightest first."""

    def tightness(one: RuleAnswer) -> tuple[bool, int, str]:
        return not one.binds, AMOUNT_MAX if one.allows is None else one.allows, one.rule

    for one in sorted(rules, key=tightness):
        rest = _largest([other for other in rules if other is not one])
        yield msgspec.structs.replace(one, then_allowed=AMOUNT_MAX if rest is None else rest)


def _duties(reader: Reader, leg: Movement, program: Program) -> Iterator[DutyAnswer]:
    """Work out what the purchase would cost the buyer besides its price."""
    if not leg.paid or not leg.currency:
        return
    for charged in program.charged:
        amount = due(charged.duty, leg.paid)
        if amount and is_due(reader, charged, leg) and charged.duty.payer is not Payer.SELLER:
            yield DutyAnswer(charged.rule.id, amount)


def _told(facts: Sequence[tuple[str, Fact]]) -> Told:
    return tuple((name, _written(value)) for name, value in facts)


def _written(value: Fact) -> str | None:
    if value is None:
        return None
    return value.hex() if isinstance(value, bytes) else str(value)
