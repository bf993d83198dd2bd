# SPDX-License-Identifier: Apache-2.0
"""A question in a file: balances, limits, and a queue of payments or exchanges.

The short form is one asset and one leg an item. The README gives the long form, and the reckoned
one of `reckoned.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lejar.domain.settlement.saving import Item
from lejar.liquidity.reading import (
    FileWrong,
    amount,
    inside,
    known,
    listed,
    name,
    named,
    needed,
    parsed,
    table,
)
from lejar.liquidity.reckoned import Reckoning, read_reckoning

MONEY = "MYR"
"""The asset of the short form."""
FIELDS = ("balances", "queue", "limits", "reserved", "worth")
SHORT = ("from", "to", "asset", "amount")
ITEM = ("id", *SHORT, "legs", "after", "together", "priority")

Waiting = Item["Thing", tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class Resource:
    """What can run out: a balance, or what is left of a limit (to one party, or to all)."""

    party: str
    asset: str
    limit: bool = False
    towards: str | None = None

    def __str__(self) -> str:
        if not self.limit:
            return f"{self.asset} at {self.party}"
        return f"{self.asset} within the limit of {self.party} to {self.towards or 'all'}"


Thing: TypeAlias = Resource | str
"""What can run out; a reckoned question brings its own names."""


@dataclass(frozen=True, slots=True)
class Leg:
    """An amount that passes from one party to another."""

    source: str
    target: str
    asset: str
    amount: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the queue, as written."""

    id: str
    legs: tuple[Leg, ...]
    after: tuple[str, ...]
    together: str | None
    priority: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is available, and what waits: the most urgent first, else as in the file."""

    available: Mapping[Thing, int]
    items: tuple[Waiting, ...]
    order: tuple[str, ...]
    """Every id, as in the file."""


def read_question(text: str) -> Question:
    """Read a file's text, or say what is wrong with it and where."""
    top = table(parsed(text), "")
    if "available" in top:
        return _reckoned(read_reckoning(top))
    known(top, "", FIELDS)
    available = _held(needed(top, "balances", ""), "balances")
    for resource, set_aside in _held(top.get("reserved", {}), "reserved").items():
        available[resource] = available.get(resource, 0) - set_aside
    limits = _limits(listed(top.get("limits", []), "limits"))
    worth = table(top.get("worth", {}), "worth")
    weights = {asset: amount(one, f"worth.{asset}") for asset, one in worth.items()}
    entries = _queue(listed(needed(top, "queue", ""), "queue"))
    there: dict[Thing, int] = dict(available.items())
    there.update(limits.items())
    return Question(
        there,
        _items(entries, limits, weights),
        tuple(entry.id for entry in entries),
    )


def _reckoned(found: Reckoning) -> Question:
    items: list[Waiting] = []
    for one in found.items:
        changes: tuple[tuple[Thing, int], ...] = one.changes
        items.append(Item(one.id, changes, one.value, one.count))
    return Question(dict(found.available.items()), tuple(items), found.order)


def _held(value: object, path: str) -> dict[Resource, int]:
    """Read amounts by party, of one asset or of several."""
    found: dict[Resource, int] = {}
    for party, held in table(value, path).items():
        place = inside(path, name(party, path))
        if isinstance(held, dict):
            for asset, one in held.items():
                found[Resource(party, name(asset, place))] = amount(one, inside(place, asset))
        else:
            found[Resource(party, MONEY)] = amount(held, place)
    return found


def _limits(value: Sequence[object]) -> dict[Resource, int]:
    found: dict[Resource, int] = {}
    for number, one in enumerate(value):
        path = f"limits[{number}]"
        limit = table(one, path)
        known(limit, path, SHORT)
        towards = named(limit, "to", path) if "to" in limit else None
        party, asset = named(limit, "from", path), _asset(limit, path)
        if party == towards:
            raise FileWrong(path, "a limit of a party to itself")
        resource = Resource(party, asset, limit=True, towards=towards)
        if resource in found:
            raise FileWrong(path, "this limit stands twice")
        found[resource] = amount(needed(limit, "amount", path), f"{path}.amount")
    return found


def _asset(value: Mapping[str, object], path: str) -> str:
    return named(value, "asset", path) if "asset" in value else MONEY


def _queue(value: Sequence[object]) -> list[Entry]:
    entries = [_entry(one, f"queue[{number}]") for number, one in enumerate(value)]
    places: dict[str, int] = {}
    for number, entry in enumerate(entries):
        if entry.id in places:
            first = places[entry.id]
            raise FileWrong(f"queue[{number}].id", f'"{entry.id}" is also that of queue[{first}]')
        places[entry.id] = number
    for number, entry in enumerate(entries):
        for spot, earlier in enumerate(entry.after):
            path = f"queue[{number}].after[{spot}]"
            if earlier not in places:
                raise FileWrong(path, f'"{earlier}" is not in the queue')
            if earlier == entry.id:
                raise FileWrong(path, "an item cannot come after itself")
    return entries


def _entry(value: object, path: str) -> Entry:
    item = table(value, path)
    known(item, path, ITEM)
    priority = amount(item.get("priority", 0), f"{path}.priority")
    after = listed(item.get("after", []), f"{path}.after")
    return Entry(
        named(item, "id", path),
        _legs(item, path),
        tuple(name(one, f"{path}.after[{spot}]") for spot, one in enumerate(after)),
        named(item, "together", path) if "together" in item else None,
        priority,
    )


def _legs(item: Mapping[str, object], path: str) -> tuple[Leg, ...]:
    if "legs" not in item:
        return (_leg(item, path),)
    both = [key for key in SHORT if key in item]
    if both:
        raise FileWrong(inside(path, both[0]), "an item has either legs or from, to and amount")
    legs = listed(item["legs"], f"{path}.legs")
    if not legs:
        raise FileWrong(f"{path}.legs", "must not be empty")
    places = [f"{path}.legs[{number}]" for number in range(len(legs))]
    for leg, place in zip(legs, places, strict=True):
        known(table(leg, place), place, SHORT)
    return tuple(_leg(table(leg, place), place) for leg, place in zip(legs, places, strict=True))


def _leg(value: Mapping[str, object], path: str) -> Leg:
    source, target = named(value, "from", path), named(value, "to", path)
    if source == target:
        raise FileWrong(path, f'"{source}" would pay itself')
    return Leg(
        source,
        target,
        _asset(value, path),
        amount(needed(value, "amount", path), inside(path, "amount"), least=1),
    )


def _items(
    entries: Sequence[Entry], limits: Mapping[Resource, int], weights: Mapping[str, int]
) -> tuple[Waiting, ...]:
    """Make one item of what settles together; it stands where the most urgent of it stands."""
    ranked = sorted(entries, key=lambda entry: -entry.priority)
    groups: dict[tuple[bool, str], list[Entry]] = {}
    for entry in ranked:
        key = (entry.together is not None, entry.together or entry.id)
        groups.setdefault(key, []).append(entry)
    ids = {entry.id: tuple(one.id for one in group) for group in groups.values() for entry in group}
    return tuple(_item(group, ids, limits, weights) for group in groups.values())


def _item(
    group: Sequence[Entry],
    ids: Mapping[str, tuple[str, ...]],
    limits: Mapping[Resource, int],
    weights: Mapping[str, int],
) -> Waiting:
    legs = [leg for entry in group for leg in entry.legs]
    changes: dict[Thing, int] = {}
    for leg in legs:
        for resource, change in _changes(leg):
            if not resource.limit or resource in limits:
                changes[resource] = changes.get(resource, 0) + change
    own = ids[group[0].id]
    after = dict.fromkeys(ids[one] for entry in group for one in entry.after)
    return Item(
        own,
        tuple((resource, change) for resource, change in changes.items() if change),
        sum(leg.amount * weights.get(leg.asset, 1) for leg in legs),
        len(group),
        tuple(one for one in after if one != own),
    )


def _changes(leg: Leg) -> tuple[tuple[Resource, int], ...]:
    """Tell what a leg takes and brings; a limit is on what is sent less what is received."""
    source, target, asset, moved = leg.source, leg.target, leg.asset, leg.amount
    return (
        (Resource(source, asset), -moved),
        (Resource(target, asset), moved),
        (Resource(source, asset, limit=True, towards=target), -moved),
        (Resource(target, asset, limit=True, towards=source), moved),
        (Resource(source, asset, limit=True), -moved),
        (Resource(target, asset, limit=True), moved),
    )
