# SPDX-License-Identifier: Apache-2.0
"""A day as drawings: one line for each mode, pictures that stand on their own."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from lejar.liquidity.day import MINUTES, clock
from lejar.liquidity.trial import Mode

WIDE: Final = 900
HIGH: Final = 260
MARGIN: Final = 64
INK: Final = "#1a1a1a"
MILLION: Final = 100_000_000
"""A million ringgit in sen."""
LINES: Final = {
    Mode.GROSS: ("#b3261e", "2 3"),
    Mode.FIFO: ("#1b5fa8", "8 3"),
    Mode.FREE: ("#1b6e3c", "none"),
}
"""A colour and a stroke for each mode: told apart without colour too."""


def drawing(title: str, lines: Mapping[Mode, Sequence[int]]) -> str:
    """Draw amounts in sen by minute."""
    shown = escape(title)
    most = max((max(line, default=0) for line in lines.values()), default=0) or 1
    minutes = max((len(line) for line in lines.values()), default=1)
    drawn = "".join(_line(mode, line, most, minutes) for mode, line in lines.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH + 2 * MARGIN}" '
        f'role="img" aria-label="{shown}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="{MARGIN}" y="24" font-size="14" fill="{INK}">{shown}</text>'
        f"{_levels(most)}{_hours(minutes)}{drawn}{_legend(lines)}</svg>\n"
    )


def _line(mode: Mode, line: Sequence[int], most: int, minutes: int) -> str:
    colour, dashes = LINES[mode]
    points = " ".join(
        f"{_across(minute, minutes)},{_up(amount, most)}" for minute, amount in enumerate(line)
    )
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dashes}"><title>{mode}</title></polyline>'
    )


def _across(minute: int, minutes: int) -> int:
    return MARGIN + minute * (WIDE - 2 * MARGIN) // max(minutes - 1, 1)


def _up(amount: int, most: int) -> int:
    return MARGIN + HIGH - amount * HIGH // most


def _levels(most: int) -> str:
    return (
        "".join(
            f'<path d="M{MARGIN} {_up(level, most)}H{WIDE - MARGIN}" stroke="#d9d9d9"/>'
            f'<text x="{MARGIN - 6}" y="{_up(level, most) + 4}" text-anchor="end" fill="{INK}">'
            f"{level // MILLION:,}</text>"
            for level in (0, most // 2, most)
        )
        + f'<text x="{MARGIN - 6}" y="{MARGIN - 14}" text-anchor="end" fill="{INK}">RM mil</text>'
    )


def _hours(minutes: int) -> str:
    y = HIGH + MARGIN + 18
    return "".join(
        f'<text x="{_across(minute, minutes)}" y="{y}" text-anchor="middle" fill="{INK}">'
        f"{clock(minute)}</text>"
        for minute in range(0, minutes, MINUTES)
    )


def _legend(lines: Mapping[Mode, Sequence[int]]) -> str:
    drawn = ""
    for place, mode in enumerate(lines):
        colour, dashes = LINES[mode]
        x = WIDE - MARGIN - 90 * (len(lines) - place)
        drawn += (
            f'<path d="M{x} 20h24" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dashes}"/><text x="{x + 30}" y="24" fill="{INK}">{mode}</text>'
        )
    return drawn
