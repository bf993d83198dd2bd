# SPDX-License-Identifier: Apache-2.0
"""The legal basis as words of the command line: what an order or a proposal rests on."""

import datetime
from collections.abc import Callable
from typing import TypeVar

import click
import msgspec

from lejar.cli.voice import Exit, Problem
from lejar.domain.basis import LegalBasis

Function = TypeVar("Function", bound=Callable[..., object])


def basis_options(function: Function) -> Function:
    """Give a command the options that cite a legal basis."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option(
        "--basis", "instrument", required=True, help="The act, order or decision it rests on."
    ),
    click.option("--clause", help="The place in it."),
    click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="Its day."),
    click.option("--link", help="Where it is published."),
)


def cited(
    instrument: str, clause: str | None, dated: datetime.datetime | None, link: str | None
) -> LegalBasis:
    """Cite what it rests on."""
    day = None if dated is None else dated.date()
    try:
        return msgspec.convert([instrument, clause, day, link, None], LegalBasis)
    except msgspec.ValidationError as error:
        raise Problem(Exit.USAGE, f"The basis cannot be cited so: {error}.") from None
