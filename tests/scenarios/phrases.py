# SPDX-License-Identifier: Apache-2.0
"""The few turns of phrase beside the general form, taken apart into words.

Each phrase is fixed word for word; anything else is an error.
"""

import datetime
from dataclasses import dataclass

from lejar.domain.instruments import INSTRUMENTS
from lejar.domain.policy import PROFILES, AssetKind
from tests.scenarios.language import Atom, Item, Step
from tests.scenarios.network import Network
from tests.scenarios.play import Play


@dataclass(frozen=True, slots=True)
class WrittenLeg:
    """A leg, still in words."""

    amount: str
    asset: str
    source: str
    target: str


def network_kind(step: Step) -> Network | None:
    """Read `given a demonstration network`; other kinds alike."""
    match [item.word for item in step.said]:
        case ["a", "demonstration", "network"]:
            return "demonstration"
        case ["a", "production", "network"]:
            return "production"
        case ["a", "consenting", "network"]:
            return "consenting"
        case _:
            return None


def issued(step: Step, play: Play) -> tuple[Item, ...] | None:
    """Read `bnm issued 100.00 MYR to alpha` as the command that does it."""
    match [item.word for item in step.said]:
        case [issuer, "issued", amount, asset, "to", account]:
            pass
        case _:
            return None
    profile = PROFILES.get(play.state, play.names.get(asset, b""))
    if profile is None:
        step.place.fail(f"there is no asset '{asset}' to issue")
    money = profile.kind is AssetKind.MONEY
    if ("." in amount) is not money:
        step.place.fail(f"write '{amount} {asset}' {'with' if money else 'without'} a point")
    fields = {"asset": asset, "account": account, "amount": amount}
    if money:
        fields["reference"] = f"ref:{play.scope}/{len(play.blocks) + 1}"
    command = "IssueMoney" if money else "IssuePaper"
    if INSTRUMENTS.get(play.state, play.names[asset]) is not None:
        command = "IssueUnits"
        fields["units"] = fields.pop("amount")
    named = tuple(Item(name, Atom(text)) for name, text in fields.items())
    return (Item("", Atom(issuer)), Item("", Atom(command)), *named)


def exchange(
    step: Step, said: tuple[Item, ...]
) -> tuple[WrittenLeg, WrittenLeg, datetime.date | None]:
    """Read `100 BOND from a to b against 9_950.00 MYR`, with `on DAY` where it is not today."""
    match [item.word for item in said]:
        case [amount, asset, "from", a, "to", b, "against", price, money]:
            day = None
        case [amount, asset, "from", a, "to", b, "against", price, money, "on", text]:
            try:
                day = datetime.date.fromisoformat(text)
            except ValueError:
                step.place.fail(f"'{text}' is not a day")
        case _:
            step.place.fail("write: AMOUNT ASSET from A to B against AMOUNT MONEY [on DAY]")
    return WrittenLeg(amount, asset, a, b), WrittenLeg(price, money, b, a), day


def parts(
    step: Step, said: tuple[Item, ...]
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[str, ...]]:
    """Part what follows a command's name: its fields, `with …` and `as NAME …`, in this order."""
    words = [item.word for item in said]
    named = words.index("as") if "as" in words else len(said)
    bent = words.index("with") if "with" in words[:named] else named
    bindings = tuple(words[named + 1 :])
    if named < len(said) and (not bindings or not all(bindings)):
        step.place.fail("'as' is followed by names")
    return said[:bent], said[bent + 1 : named], bindings


def quantities(step: Step, start: int, *further: tuple[str, str]) -> tuple[str, str, list[str]]:
    """Read `100 BOND` with each of the further phrases (`of which 30 held`) or nothing of it."""
    words = [item.word for item in step.said[start:]]
    if len(words) < 2:
        step.place.fail("an amount and an asset are missing")
    amount, asset, rest = words[0], words[1], words[2:]
    found = []
    for opening, closing in further:
        before, after = opening.split(), [closing] if closing else []
        size = len(before) + 1 + len(after)
        piece = rest[:size]
        if (
            piece[: len(before)] == before
            and piece[len(before) + 1 :] == after
            and len(piece) == size
        ):
            found.append(piece[len(before)])
            rest = rest[size:]
        else:
            found.append("0")
    if rest:
        step.place.fail(f"'{' '.join(rest)}' is not understood")
    return amount, asset, found
