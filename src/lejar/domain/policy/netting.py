# SPDX-License-Identifier: Apache-2.0
"""What the legs of one command come to together, and what a cap tells of it."""

from collections.abc import Sequence

from lejar.domain.calendar import calendar
from lejar.domain.policy.flows import local_day
from lejar.domain.policy.model import Movement
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Fact
from lejar.kernel.state import Reader


def person_gains(person: bytes, asset: bytes, legs: Sequence[Movement]) -> int:
    """Sum what a person gains of an asset over all legs; what it gives counts against it."""
    gains = 0
    for leg in legs:
        if leg.asset == asset:
            gains += leg.amount * ((leg.receiver.person == person) - (leg.giver.person == person))
    return gains


def account_gains(account: bytes, asset: bytes, legs: Sequence[Movement]) -> int:
    """Sum what an account gains of an asset over all legs; what it gives counts against it."""
    gains = 0
    for leg in legs:
        if leg.asset == asset:
            gains += leg.amount * ((leg.target == account) - (leg.source == account))
    return gains


def told_of_room(
    reader: Reader, account: bytes, owner: bytes, room: int
) -> tuple[tuple[str, Fact], ...]:
    """Tell the account; and how much is left, where nobody but its owner signed."""
    told: tuple[tuple[str, Fact], ...] = (("account", account),)
    alone = isinstance(reader, Draft) and reader.signers == (owner,)
    return (*told, ("allowed", room)) if alone else told


def hubs_day(reader: Reader) -> int:
    """Give the local day of the block's moment, counted from 1970."""
    return local_day(reader.at, calendar(reader).offset_minutes)
