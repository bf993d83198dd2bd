# SPDX-License-Identifier: Apache-2.0
"""The laboratory's findings as CSV and as a drawing: what a ministry takes into a meeting."""

import csv
import io
from datetime import date, timedelta
from html import escape
from typing import Final

from lejar.kernel import identifiers
from lejar.kernel.moment import EPOCH_ORDINAL, local_date
from lejar.node.laboratory.findings import Difference, Findings, Verdict

GROUPS: Final = ("rule", "investor", "asset_class", "asset", "band")
COLUMNS: Final = (
    "entry",
    "day",
    "verdict",
    "rule",
    "reason",
    "instrument",
    "class",
    "receiver",
    "investor",
    "country",
    "units",
    "units_allowed",
    "paid_sen",
    "knock_on",
)
WIDE: Final = 900
HIGH: Final = 220
MARGIN: Final = 34
COLOURS: Final = {Verdict.REFUSED: "#b3261e", Verdict.CAPPED: "#b26a00", Verdict.ALLOWED: "#1b6e3c"}
WORDS: Final = {
    Verdict.REFUSED: "would be refused",
    Verdict.CAPPED: "would be capped",
    Verdict.ALLOWED: "newly allowed",
}


def differences_csv(findings: Findings, offset_minutes: int) -> str:
    """Every movement that would have fared otherwise, one a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in findings.differences:
        writer.writerow(_row(one, offset_minutes))
    return out.getvalue()


def sums_csv(findings: Findings) -> str:
    """The sums by rule, class of investor, class of instrument, instrument and amount."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("by", "value", "verdict", "movements", "units_affected", "paid_sen"))
    for by in GROUPS:
        for verdict, word, sums in findings.grouped(by):
            shown = identifiers.show("asset", bytes.fromhex(word)) if by == "asset" else word
            writer.writerow((by, shown, verdict, sums.movements, sums.units, sums.money))
    return out.getvalue()


def _row(one: Difference, offset_minutes: int) -> tuple[object, ...]:
    return (
        one.entry,
        local_date(one.at, offset_minutes).isoformat(),
        one.verdict,
        one.rule,
        one.reason,
        identifiers.show("asset", one.asset),
        one.asset_class,
        identifiers.show("party", one.person),
        one.investor,
        one.country,
        one.amount,
        one.allowed,
        one.paid,
        "yes" if one.knock_on else "no",
    )


def drawing(findings: Findings, title: str) -> str:
    """Draw the differences by day as stacked bars; a picture that stands on its own."""
    title = escape(title)
    days = sorted({day for day, _ in findings.by_day})
    first, last = (days[0], days[-1]) if days else (0, 0)
    span = max(last - first + 1, 1)
    most = max((_of_day(findings, day) for day in days), default=1)
    wide = max((WIDE - 2 * MARGIN) // span, 1)
    bars = "".join(
        _bars(findings, day, MARGIN + (day - first) * (WIDE - 2 * MARGIN) // span, wide, most)
        for day in days
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH + 2 * MARGIN}" '
        f'role="img" aria-label="{title}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="{MARGIN}" y="20" font-size="14" fill="#1a1a1a">{title}</text>'
        f'<path d="M{MARGIN} {HIGH + MARGIN}H{WIDE - MARGIN}" stroke="#767676"/>'
        f'<text x="{MARGIN - 4}" y="{MARGIN + 4}" text-anchor="end" fill="#1a1a1a">{most}</text>'
        f"{bars}{_dates(first, last, known=bool(days))}{_legend()}</svg>\n"
    )


def _of_day(findings: Findings, day: int) -> int:
    return sum(findings.by_day[day, str(verdict)] for verdict in Verdict)


def _bars(findings: Findings, day: int, x: int, wide: int, most: int) -> str:
    drawn, top = "", HIGH + MARGIN
    for verdict in Verdict:
        number = findings.by_day[day, str(verdict)]
        if number:
            high = max(number * (HIGH - MARGIN) // most, 1)
            top -= high
            drawn += (
                f'<rect x="{x}" y="{top}" width="{wide}" height="{high}" '
                f'fill="{COLOURS[verdict]}"><title>{_date(day)}: {number} '
                f"{WORDS[verdict]}</title></rect>"
            )
    return drawn


def _dates(first: int, last: int, *, known: bool) -> str:
    if not known:
        return f'<text x="{WIDE // 2}" y="{HIGH // 2}" text-anchor="middle">no differences</text>'
    y = HIGH + MARGIN + 16
    return (
        f'<text x="{MARGIN}" y="{y}" fill="#1a1a1a">{_date(first)}</text>'
        f'<text x="{WIDE - MARGIN}" y="{y}" text-anchor="end" fill="#1a1a1a">{_date(last)}</text>'
    )


def _legend() -> str:
    x, drawn = WIDE - 420, ""
    for verdict in Verdict:
        drawn += (
            f'<rect x="{x}" y="10" width="10" height="10" fill="{COLOURS[verdict]}"/>'
            f'<text x="{x + 14}" y="20" fill="#1a1a1a">{WORDS[verdict]}</text>'
        )
        x += 140
    return drawn


def _date(day: int) -> str:
    return (date.fromordinal(EPOCH_ORDINAL) + timedelta(days=day)).isoformat()
