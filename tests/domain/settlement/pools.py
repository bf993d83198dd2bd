# SPDX-License-Identifier: Apache-2.0
"""Random pools of things that wait, and the answer found by trying every set."""

import random
from collections.abc import Mapping, Sequence

from lejar.domain.settlement.saving import Item

Pool = tuple[dict[str, int], list[Item[str, int]]]


def random_pool(chance: random.Random, size: int) -> Pool:
    """Draw payments and exchanges between few parties, limits and links, and little to give."""
    parties = "ABCDEF"[: chance.randint(2, 6)]
    assets = ("MYR", "USD", "SUKUK")[: chance.choice((1, 1, 2, 3))]
    most = chance.choice((2, 5, 30, 10**12))
    limited = chance.random() < 0.3
    linked = chance.choice((0.0, 0.0, 0.15))
    items = [
        _item(chance, number, parties, assets, most, limited=limited, linked=linked)
        for number in range(size)
    ]
    names = dict.fromkeys(name for item in items for name, _ in item.changes)
    low = chance.choice((-most, 0, 0))
    available = {name: chance.randint(low, 2 * most) for name in names if chance.random() < 0.8}
    return available, items


def _item(
    chance: random.Random,
    number: int,
    parties: str,
    assets: Sequence[str],
    most: int,
    *,
    limited: bool,
    linked: float,
) -> Item[str, int]:
    changes: dict[str, int] = {}
    legs = chance.choice((1, 1, 1, 2, 3))
    value = 0
    for _ in range(legs):
        source, target = chance.sample(parties, 2)
        asset, amount = chance.choice(assets), chance.randint(1, most)
        value += amount
        _add(changes, f"{source} {asset}", -amount)
        _add(changes, f"{target} {asset}", amount)
        if limited:
            _add(changes, f"{source} to {target} {asset}", -amount)
            _add(changes, f"{target} to {source} {asset}", amount)
    net = tuple((name, change) for name, change in changes.items() if change)
    after = tuple(one for one in range(number + 2) if chance.random() < linked / (number + 1))
    return Item(number, net, value, legs, tuple(one for one in after if one != number))


def _add(changes: dict[str, int], name: str, amount: int) -> None:
    changes[name] = changes.get(name, 0) + amount


def feasible_sets(
    available: Mapping[str, int], items: Sequence[Item[str, int]], *, ordered: bool
) -> list[int]:
    """Try all sets, as bits of a number: those that can settle, in order if that is asked."""
    needs = [_needs(items, position, ordered=ordered) for position in range(len(items))]
    kept = [0]
    for bits in range(1, 1 << len(items)):
        rest = bits
        while rest:
            position = rest.bit_length() - 1
            if needs[position] & ~bits:
                break
            rest ^= 1 << position
        else:
            kept.append(bits)
    for name in dict.fromkeys(name for item in items for name, _ in item.changes):
        kept = _covered(kept, available.get(name, 0), _column(items, name))
    return kept


def _needs(items: Sequence[Item[str, int]], position: int, *, ordered: bool) -> int:
    """Which items a set must have if it has this one; a bit beyond all, if that cannot be."""
    places = {item.id: place for place, item in enumerate(items)}
    item = items[position]
    needs = 0
    for one in item.after:
        needs |= 1 << places.get(one, len(items))
    taken_from = {name for name, change in item.changes if change < 0}
    for place, earlier in enumerate(items[:position]):
        if ordered and any(change < 0 and name in taken_from for name, change in earlier.changes):
            needs |= 1 << place
    return needs


def _column(items: Sequence[Item[str, int]], name: str) -> list[tuple[int, int]]:
    return [
        (1 << place, change)
        for place, item in enumerate(items)
        for one, change in item.changes
        if one == name
    ]


def _covered(kept: list[int], available: int, column: list[tuple[int, int]]) -> list[int]:
    takers = sum(bit for bit, change in column if change < 0)
    return [
        bits
        for bits in kept
        if not bits & takers or available + sum(change for bit, change in column if bits & bit) >= 0
    ]


def in_bits(chosen: Sequence[int]) -> int:
    """Write a set of ids as bits."""
    return sum(1 << one for one in chosen)
