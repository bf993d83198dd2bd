# SPDX-License-Identifier: Apache-2.0
"""A paper's life drawn: what is outstanding as a stepped area, what was paid as bars.

The drawing has no text in it, so that letters never shrink with it; numbers stand around it, and
all of them in the table behind it.  Integer arithmetic: a thousand steps across, a hundred up.
"""

from datetime import date
from typing import Final, TypedDict

from lejar.web import formats
from lejar.web.language import Catalogue
from lejar.web.views import Level, LifeChart, PaidOn

WIDE: Final = 1000
HIGH: Final = 100
BAR_WIDE: Final = 8
BAR_HIGH_MIN: Final = 4


class Bar(TypedDict):
    """One payment: where it stands and how high it is."""

    x: int
    y: int
    height: int
    kind: str


class ChartRow(TypedDict):
    """One line of the table behind the drawing."""

    on: str
    what: str
    amount: str


class ChartParams(TypedDict):
    """What the chart component prints."""

    area: str
    line: str
    bars: list[Bar]
    today: int
    begins: str
    ends: str
    most: str
    most_paid: str | None
    summary: str
    rows: list[ChartRow]


def chart_params(chart: LifeChart, words: Catalogue) -> ChartParams:
    """Return what the chart component prints."""
    most = max([level.sen for level in chart.levels], default=0)
    most_paid = max([paid.sen for paid in chart.paid], default=0)
    line = _line(chart, most)
    first, last = _x(chart, chart.levels[0].on), _x(chart, _known_until(chart))
    total = sum(paid.sen for paid in chart.paid)
    return ChartParams(
        area=f"M{first} {HIGH}{line.replace('M', 'L', 1)}L{last} {HIGH}Z",
        line=line,
        bars=[_bar(chart, paid, most_paid) for paid in chart.paid],
        today=_x(chart, chart.today),
        begins=formats.long_date(chart.begins_on, words),
        ends=formats.long_date(chart.ends_on, words),
        most=formats.ringgit_short(most, words),
        most_paid=formats.ringgit_short(most_paid, words) if most_paid else None,
        summary=words(
            "chart.summary",
            outstanding=formats.ringgit(chart.levels[-1].sen),
            paid=formats.ringgit(total),
        ),
        rows=_rows(chart, words),
    )


def _known_until(chart: LifeChart) -> date:
    """Nothing is drawn of what has not happened yet."""
    return min(chart.ends_on, max(chart.today, chart.levels[-1].on))


def _x(chart: LifeChart, on: date) -> int:
    days = max(1, (chart.ends_on - chart.begins_on).days)
    return max(0, min(WIDE, (on - chart.begins_on).days * WIDE // days))


def _y(sen: int, most: int) -> int:
    return HIGH - sen * HIGH // most if most else HIGH


def _line(chart: LifeChart, most: int) -> str:
    first, *rest = chart.levels
    start = f"M{_x(chart, first.on)} {_y(first.sen, most)}"
    steps = "".join(f"H{_x(chart, level.on)}V{_y(level.sen, most)}" for level in rest)
    return f"{start}{steps}H{_x(chart, _known_until(chart))}"


def _bar(chart: LifeChart, paid: PaidOn, most: int) -> Bar:
    height = max(BAR_HIGH_MIN, paid.sen * HIGH // most) if most else 0
    x = min(WIDE - BAR_WIDE, max(0, _x(chart, paid.on) - BAR_WIDE // 2))
    return Bar(x=x, y=HIGH - height, height=height, kind=paid.kind.rpartition("_")[2])


def _rows(chart: LifeChart, words: Catalogue) -> list[ChartRow]:
    outstanding = words("instruments.outstanding")
    told = [(level.on, 0, _row(level, outstanding, words)) for level in chart.levels]
    told += [(paid.on, 1, _row(paid, words(f"payment.{paid.kind}"), words)) for paid in chart.paid]
    return [row for _, _, row in sorted(told, key=lambda one: one[:2])]


def _row(point: Level | PaidOn, what: str, words: Catalogue) -> ChartRow:
    return ChartRow(
        on=formats.long_date(point.on, words), what=what, amount=formats.ringgit(point.sen)
    )
