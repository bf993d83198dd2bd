# SPDX-License-Identifier: Apache-2.0
"""A rule in words: what its parameters say and whom it is about, in English and Malay.

Only what a pack says is written; what nobody could read is said to be unknown, never left out.
"""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

import msgspec

from lejar.domain.policy.kinds import test_of
from lejar.domain.policy.kinds.form import Names, Spec
from lejar.domain.policy.pack import Market, Rule, Scope
from lejar.domain.policy.rule_refusals import RuleRefusal
from lejar.reference.rules.kinds import KINDS, kind_of
from lejar.reference.rules.tables import Field, Listed, Table
from lejar.reference.rules.values import Form, Money
from lejar.reference.wording import UNKNOWN, Said, Told

LABELS: Final = MappingProxyType({
    "above_money": ("From a price of", "Bermula harga"),
    "above_units": ("From so many units", "Bermula bilangan unit"),
    "all": ("All of", "Kesemua"),
    "any": ("At least one of", "Sekurang-kurangnya satu"),
    "bands": ("Bands", "Jalur"),
    "business_days": ("Business days", "Hari perniagaan"),
    "cap": ("At most", "Paling banyak"),
    "collector": ("Collected by", "Dipungut oleh"),
    "compare": ("Compared", "Perbandingan"),
    "countries": ("Countries", "Negara"),
    "country": ("Country", "Negara"),
    "days_max": ("Not older than, in days", "Tidak lebih lama daripada, hari"),
    "each": ("For each", "Bagi setiap"),
    "each_costs": ("Each costs", "Kos setiap satu"),
    "figure": ("Recorded figure", "Angka yang direkodkan"),
    "holders": ("Holders at most", "Pemegang maksimum"),
    "home": ("Home country", "Negara asal"),
    "hours_max": ("List not older than, in hours", "Senarai tidak lebih lama daripada, jam"),
    "issuers": ("Vouched for by", "Disahkan oleh"),
    "least": ("At least", "Sekurang-kurangnya"),
    "limit": ("Limit", "Had"),
    "lot": ("In lots of", "Dalam lot"),
    "milestone": ("Until the milestone", "Sehingga peristiwa"),
    "money_max": ("Price at most", "Harga maksimum"),
    "money_min": ("Price at least", "Harga minimum"),
    "name": ("Name", "Nama"),
    "none": ("Without any of", "Tanpa mana-mana"),
    "of": ("Of", "Bagi"),
    "only_with": ("Only with", "Hanya dengan"),
    "payer": ("Paid by", "Dibayar oleh"),
    "per": ("Counted for", "Dikira bagi"),
    "price_from": ("Price from", "Harga bermula"),
    "rate": ("Rate", "Kadar"),
    "repeats": ("Repeats", "Berulang"),
    "share": ("Share", "Bahagian"),
    "side": ("Asks about", "Menyoal tentang"),
    "since": ("Since", "Sejak"),
    "spans": ("Hours", "Waktu"),
    "step": ("Step", "Langkah"),
    "tiers": ("Tiers", "Peringkat"),
    "times": ("Times at most", "Kali maksimum"),
    "unit": ("Counted in", "Dikira dalam"),
    "units": ("Units", "Unit"),
    "units_max": ("Units at most", "Unit maksimum"),
    "units_min": ("Units at least", "Unit minimum"),
    "unless_keeper": ("Unless the keeper has", "Kecuali penjaga mempunyai"),
    "unless_with": ("Unless with", "Kecuali dengan"),
    "until": ("Until", "Sehingga"),
    "up_to": ("Up to", "Sehingga"),
    "value": ("Value", "Nilai"),
    "weekdays": ("Weekdays", "Hari"),
    "window": ("Within", "Dalam tempoh"),
    "within": ("Within", "Dalam tempoh"),
})  # fmt: skip
"""What the keys of a pack's values are called."""
WORDS: Final = MappingProxyType({
    "above": "melebihi",
    "agent": "bank penyelesaian",
    "asset": "aset",
    "at least": "sekurang-kurangnya",
    "at most": "paling banyak",
    "below": "di bawah",
    "business days": "hari perniagaan",
    "buyer": "pembeli",
    "calendar day": "hari kalendar",
    "calendar year": "tahun kalendar",
    "day": "hari", "days": "hari",
    "ever": "sepanjang masa",
    "everyone": "semua pihak bersama",
    "giver": "pemberi",
    "hours": "jam",
    "issuer": "penerbit",
    "month": "bulan", "months": "bulan",
    "no": "tidak",
    "receiver": "penerima",
    "seller": "penjual",
    "total": "keseluruhan",
    "yes": "ya",
    "mon": "Isnin", "tue": "Selasa", "wed": "Rabu", "thu": "Khamis", "fri": "Jumaat",
    "sat": "Sabtu", "sun": "Ahad",
})  # fmt: skip
"""Words of the code in Malay; in English they are as they stand, with spaces."""
WEEKDAYS: Final = MappingProxyType({
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday",
})  # fmt: skip
CURRENCIES: Final = MappingProxyType(
    {"my": "RM", "sg": "SGD", "th": "THB", "ae": "AED", "kg": "KGS", "pk": "PKR"}
)
"""What sums of a jurisdiction's pack are in."""
SCOPE: Final = MappingProxyType({
    "occasions": ("Asked on", "Ditanya semasa"),
    "market": ("Market", "Pasaran"),
    "classes": ("Classes of assets", "Kelas aset"),
    "assets": ("Assets", "Aset"),
    "statuses": ("Statuses", "Status"),
    "only": ("Only for", "Hanya bagi"),
    "unless": ("Not for", "Tidak bagi"),
})  # fmt: skip
OF_SCOPE: Final = MappingProxyType({
    "settlement": ("settlement", "penyelesaian"),
    "issue": ("issue", "terbitan"),
    "servicing": ("payments to holders", "bayaran kepada pemegang"),
    "listing": ("listing", "penyenaraian"),
    "status": ("grant of a status", "pemberian status"),
    "primary": ("offers by the issuer", "tawaran penerbit"),
    "secondary": ("trades between holders", "dagangan antara pemegang"),
    "money": ("money", "wang"),
    "deposit": ("deposit", "deposit"),
    "stablecoin": ("stablecoin", "syiling stabil"),
    "bond": ("bond", "bon"),
    "sukuk": ("sukuk", "sukuk"),
    "government": ("government paper", "kertas kerajaan"),
    "share": ("share", "saham"),
    "digital_asset": ("digital asset", "aset digital"),
    "crowdfund_share": ("crowdfunded share", "saham pendanaan ramai"),
    "investment_note": ("investment note", "nota pelaburan"),
    "property_unit": ("property unit", "unit hartanah"),
    "fund_unit": ("fund unit", "unit dana"),
})  # fmt: skip
_NUMBERED: Final = re.compile(r"(?P<number>[0-9,]+) (?P<word>[a-z_ ]+)")
_NOBODY: Final = Names({}, 0)


def parameters(spec: Spec, jurisdiction: str, offset_minutes: int) -> tuple[Told, ...]:
    """Write what a rule asks for, a row for each value that its pack gives."""
    table = KINDS[kind_of(spec)]
    return tuple(_rows(table, spec, CURRENCIES.get(jurisdiction, ""), offset_minutes))


def in_one_line(spec: Spec, jurisdiction: str, offset_minutes: int) -> Said:
    """Write it as one line."""
    rows = parameters(spec, jurisdiction, offset_minutes)
    parts = [(f"{one.label.en}: {one.text.en}", f"{one.label.ms}: {one.text.ms}") for one in rows]
    return Said(" · ".join(en for en, _ in parts), " · ".join(ms for _, ms in parts))


def scope_rows(scope: Scope) -> tuple[Told, ...]:
    """Write whom and what a rule is about; what leaves nothing out is not written."""
    rows = []
    for name, label in SCOPE.items():
        value: object = getattr(scope, name)
        words = value if isinstance(value, tuple) else (value,)
        if words and words != (Market.ANY,):
            said = [Said(*OF_SCOPE.get(str(one), (str(one), str(one)))) for one in words]
            rows.append(Told(name, Said(*label), _joined(said)))
    return tuple(rows)


def refusal_of(rule: Rule) -> RuleRefusal | None:
    """Give the reason with which a rule says no; none where it refuses nothing by itself."""
    test = test_of(rule.spec, _NOBODY, rule.id)
    if test is None:
        return RuleRefusal.COLLECTOR_UNNAMED if kind_of(rule.spec) == "duty" else None
    return test.reason if isinstance(test.reason, RuleRefusal) else None


def _rows(table: Table, record: msgspec.Struct, currency: str, offset: int) -> Iterator[Told]:
    for field in table.fields:
        given: object = getattr(record, field.name)
        if given is None and field.may_be_unknown:
            yield Told(field.name, _label(field), UNKNOWN)
        elif given is not None and given != () and given is not False:
            yield Told(field.name, _label(field), _said(field.form, given, currency, offset))


def _label(field: Field) -> Said:
    return Said(*LABELS.get(field.key, (field.key, field.key)))


def _said(form: Form, given: object, currency: str, offset: int) -> Said:
    """Write one value: lists and tables part by part, money with its currency."""
    if isinstance(form, Listed) and isinstance(given, tuple):
        separator = "; " if isinstance(form.inner, Table) else ", "
        return _joined([_said(form.inner, one, currency, offset) for one in given], separator)
    if isinstance(form, Table) and isinstance(given, msgspec.Struct):
        rows = list(_rows(form, given, currency, offset))
        parts = [Said(f"{r.label.en} {r.text.en}", f"{r.label.ms} {r.text.ms}") for r in rows]
        return _joined(parts)
    text = form.said(given, offset)
    if isinstance(form, Money):
        text = f"{currency} {text}".strip()
    elif isinstance(given, int) and text == str(given):
        text = f"{given:,}"
    return translated(text)


def translated(text: str) -> Said:
    """Give a word of the code, alone or after a number, in both languages."""
    if text == "both":
        return Said("both sides", "kedua-dua pihak")
    if text in WEEKDAYS:
        return Said(WEEKDAYS[text], WORDS[text])
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None:
        word = translated(numbered["word"])
        return Said(f"{numbered['number']} {word.en}", f"{numbered['number']} {word.ms}")
    plain = text.replace("_", " ")
    return Said(plain, WORDS[plain]) if plain in WORDS else Said(text, text)


def _joined(parts: list[Said], separator: str = ", ") -> Said:
    return Said(separator.join(p.en for p in parts), separator.join(p.ms for p in parts))
