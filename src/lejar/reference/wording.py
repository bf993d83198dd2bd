# SPDX-License-Identifier: Apache-2.0
"""Why not, in words: the one place that puts a refusal's text together, for API, console and pages.

A refusal by a pack's rule is told with the rule's own sentence, as it was adopted; where the reader
cannot have it, with the sentence of its kind.  Money, days and shares are written for people.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from lejar.domain.policy.pack import Rule
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Row
from lejar.reference.fact_names import FACT_NAMES
from lejar.reference.rules.values import money_text, share_text

Fact = int | str | None


CENTS: Final = 2
"""The digits after the point of most currencies."""


class Said(msgspec.Struct, frozen=True):
    """One text in both languages."""

    en: str
    ms: str

    def in_(self, language: str) -> str:
        """Give it in a language; English unless it is Malay."""
        return self.ms if language == "ms" else self.en


class About(msgspec.Struct, frozen=True):
    """What the numbers of a refusal are about."""

    rule: Rule | None = None
    """The rule that refused, as its pack says it."""
    asset: str | None = None
    """The name of the asset; none where it is not known."""
    asset_is_money: bool = False
    currency: str = ""
    """What sums are counted in: the asset, if it is money, or the hub's own currency; or empty."""
    offset_minutes: int = 480
    """East of UTC: how local days and hours are told."""
    decimals: int = CENTS
    """The digits after the currency's point."""


class Told(msgspec.Struct, frozen=True):
    """One fact: its name in the code, what it is called, and its value."""

    name: str
    label: Said
    text: Said


class Reason(msgspec.Struct, frozen=True):
    """A refusal as people read it."""

    code: str
    sentence: Said
    """The rule's own sentence, or else its kind's."""
    general: Said | None
    """The sentence of its kind, where the rule has one of its own."""
    rule: str
    """The rule's id in its pack; a rule of the hub by its module and code."""
    pack: str | None
    """Jurisdiction and version; none for a rule of the hub."""
    basis: str
    link: str | None
    source: Said | None
    """How good the source of the value is, where nobody has verified it."""
    facts: tuple[Told, ...]
    allowed: Said | None
    """How much would be allowed, where the reader may know."""
    remedy: Said

    def detail(self, language: str) -> str:
        """Write the sentences and the facts in one line."""
        parts = [self.sentence, self.general, self.allowed]
        said = " ".join(one.in_(language) for one in parts if one is not None)
        facts = "; ".join(
            f"{one.label.in_(language)}: {one.text.in_(language)}" for one in self.facts
        )
        return f"{said} ({facts})" if facts else said


BESIDE: Final = frozenset({"allowed", "basis", "link", "pack", "rule", "source"})
"""Facts of a pack's refusal that have a place of their own."""
MONEY: Final = frozenset({"limit", "raised", "spent"})
AMOUNTS: Final = frozenset(
    {"allowed", "amount", "cap", "free", "kept", "missing", "moved", "owed", "units_max", "worth"}
)
"""In units of the asset that the refusal is about."""
MOMENTS: Final = frozenset({"at", "begins", "ended", "latest", "now", "ordered_at", "until"})
SHARES: Final = frozenset({"share_millionths"})
PRICES: Final = frozenset({"price_millionths", "step_millionths"})
WORDS: Final[Mapping[str, Said]] = {
    "asset": Said("asset", "aset"),
    "both": Said("both sides", "kedua-dua pihak"),
    "current": Said("current", "terkini"),
    "everyone": Said("everybody together", "semua pihak bersama"),
    "giver": Said("giver", "pemberi"),
    "agent": Said("settlement bank", "bank penyelesaian"),
    "issuer": Said("issuer", "penerbit"),
    "receiver": Said("receiver", "penerima"),
    "total": Said("all together", "keseluruhan"),
    "unset or stale": Said("unset, or not current", "tidak ditetapkan, atau tidak terkini"),
}
WORDED: Final = frozenset({"list_state", "per", "side"})
"""Facts whose value is a word of the code."""
UNKNOWN: Final = Said("not known", "tidak diketahui")
FOR_GOOD: Final = Said("for good", "selama-lamanya")
NO_LIMIT_FROM: Final = AMOUNT_MAX // 2
"""An amount so large was never a limit: it is the largest amount, in whole lots."""
YEARS_MAX: Final = 9000 * 366 * 24 * 3600 * 1_000_000
_SOURCE: Final = re.compile(r"class (?P<grade>[PLNWU]), not verified")
_MONTHS: Final = Said(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "Jan Feb Mac Apr Mei Jun Jul Ogo Sep Okt Nov Dis",
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PRICE_SCALE: Final = 1_000_000
_MINUTES_PER_HOUR: Final = 60


def fact_label(name: str) -> Said:
    """Name a fact; one that nobody has named is called as in the code."""
    known = FACT_NAMES.get(name)
    plain = name.replace("_", " ").capitalize()
    return Said(plain, plain) if known is None else Said(*known)


def reason(
    code: str,
    row: Row,
    facts: Mapping[str, Fact],
    about: About,
    *,
    module: str,
    shown: Callable[[str, Fact], str | None],
) -> Reason:
    """Put a refusal together; `shown` writes the ids among the facts as people see them."""
    is_of_pack = isinstance(facts.get("pack"), str)
    general = Said(row.sentence, row.sentence_ms)
    rule = about.rule if is_of_pack else None
    allowed = facts.get("allowed")
    return Reason(
        code=code,
        sentence=general if rule is None else Said(rule.title, rule.title_ms),
        general=None if rule is None else general,
        rule=str(facts["rule"]) if is_of_pack else f"{module}.{code}",
        pack=_text(facts.get("pack")) if is_of_pack else None,
        basis=str(facts["basis"]) if is_of_pack else row.basis,
        link=_text(facts.get("link")) if is_of_pack else None,
        source=_source(facts.get("source")) if is_of_pack else None,
        facts=tuple(_told(facts, about, shown, is_of_pack=is_of_pack)),
        allowed=_allowed(allowed, about) if is_of_pack else None,
        remedy=Said(row.remedy, row.remedy_ms),
    )


def _told(
    facts: Mapping[str, Fact],
    about: About,
    shown: Callable[[str, Fact], str | None],
    *,
    is_of_pack: bool,
) -> Iterator[Told]:
    for name, value in facts.items():
        if is_of_pack and (name in BESIDE or (name == "must_be" and about.rule is not None)):
            continue  # what must be is what the rule's own sentence says
        is_named = name == "asset" and about.asset is not None
        text = _both(str(about.asset)) if is_named else fact_text(name, value, about)
        if text is None:
            written = shown(name, value) or str(value)
            text = Said(written, written)
        yield Told(name, fact_label(name), text)


def fact_text(name: str, value: Fact, about: About) -> Said | None:
    """Write a fact's value for people; none for an id, which whoever shows it writes."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return WORDS.get(value, Said(value, value)) if name in WORDED else None
    if name in MONEY:
        return _both(_money(value, about))
    if name in AMOUNTS:
        return amount_text(value, about)
    if name in SHARES:
        return _both(share_text(value))
    if name in PRICES:
        return _both(_price(value, about))
    if name in MOMENTS or name.endswith(("_at", "_until")):
        return moment_text(value, about.offset_minutes)
    return _both(f"{value:,}")


def amount_text(value: int, about: About) -> Said:
    """Write an amount of the asset that a refusal is about."""
    if about.asset_is_money:
        return _both(_money(value, about))
    if about.asset is None:
        return _both(f"{value:,}")
    return Said(f"{value:,} units of {about.asset}", f"{value:,} unit {about.asset}")


def moment_text(at: int, offset_minutes: int) -> Said:
    """Write a moment as local date and time."""
    if abs(at) > YEARS_MAX:
        return FOR_GOOD
    then = _EPOCH + timedelta(microseconds=at, minutes=offset_minutes)
    hours, minutes = divmod(abs(offset_minutes), _MINUTES_PER_HOUR)
    zone = f"UTC{'-' if offset_minutes < 0 else '+'}{hours}" + (f":{minutes:02}" if minutes else "")
    clock = f"{then:%H:%M:%S} {zone}"
    en, ms = (names.split()[then.month - 1] for names in (_MONTHS.en, _MONTHS.ms))
    return Said(f"{then.day} {en} {then.year}, {clock}", f"{then.day} {ms} {then.year}, {clock}")


def _allowed(allowed: Fact, about: About) -> Said | None:
    """Say how much would be allowed; nothing where no limit was the reason, but lots or steps."""
    if not isinstance(allowed, int) or allowed >= NO_LIMIT_FROM:
        return None
    if allowed <= 0:
        return Said("Nothing of it is allowed now.", "Tiada yang dibenarkan sekarang.")
    amount = amount_text(allowed, about)
    return Said(f"{amount.en} would be allowed.", f"{amount.ms} akan dibenarkan.")


def _money(value: int, about: About) -> str:
    sign = "-" if value < 0 else ""
    unit = "RM" if about.currency == "MYR" else about.currency
    return f"{sign}{unit} {money_text(abs(value), about.decimals)}".strip()


def _price(millionths: int, about: About) -> str:
    whole, part = divmod(millionths, _PRICE_SCALE)
    digits = f"{part:06}".rstrip("0").ljust(2, "0")
    unit = "RM" if about.currency == "MYR" else about.currency
    return f"{unit} {whole:,}.{digits}".strip()


def _source(value: Fact) -> Said | None:
    found = _SOURCE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    grade = found["grade"]
    return Said(f"class {grade}, not verified", f"kelas {grade}, belum disahkan")


def _text(value: Fact) -> str | None:
    return value if isinstance(value, str) else None


def _both(text: str) -> Said:
    return Said(text, text)
