# SPDX-License-Identifier: Apache-2.0
"""Families of questions that are hard in different ways, and a table of what is proved of them.

`python -m tests.liquidity.families SECONDS SIZES SEEDS [NAMES]` prints the table, as in
`10 200 0,1,2 ring`. Where others use the machine, what the processor gave says more than the clock.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from lejar.domain.settlement.saving import Item, settles_in_order, shortfalls, worth
from lejar.liquidity import settles_freely

Question = tuple[dict[str, int], list[Item[str, int]]]
Family = Callable[[random.Random, int], Question]


def paying(number: int, source: int, target: int, amount: int) -> Item[str, int]:
    return Item(number, ((f"b{source}", -amount), (f"b{target}", amount)), amount)


def large(chance: random.Random, digits: int) -> int:
    return chance.randint(10 ** (digits - 1), 10**digits - 1)


def one_payer(digits: int) -> Family:
    def drawn(chance: random.Random, size: int) -> Question:
        items = [paying(n, 0, 1 + n % 9, large(chance, digits)) for n in range(size)]
        return {"b0": sum(item.value for item in items) * chance.randint(30, 70) // 100}, items

    return drawn


def banks(number: int, digits: int, thousandths: int) -> Family:
    """Payments between random banks; each has so much of what it is to pay."""

    def drawn(chance: random.Random, size: int) -> Question:
        pairs = [chance.sample(range(number), 2) for _ in range(size)]
        items = [paying(n, pair[0], pair[1], large(chance, digits)) for n, pair in enumerate(pairs)]
        return having(items, thousandths), items

    return drawn


def hubs(number: int, spokes: int, digits: int, thousandths: int) -> Family:
    """Every payment goes to a hub or comes from one."""

    def drawn(chance: random.Random, size: int) -> Question:
        items = []
        for n in range(size):
            ends = [chance.randrange(number), number + chance.randrange(spokes)]
            chance.shuffle(ends)
            items.append(paying(n, ends[0], ends[1], large(chance, digits)))
        return having(items, thousandths), items

    return drawn


def ring(number: int, digits: int, thousandths: int) -> Family:
    """Each bank pays the next one only."""

    def drawn(chance: random.Random, size: int) -> Question:
        items = [
            paying(n, n % number, (n + 1) % number, large(chance, digits)) for n in range(size)
        ]
        return having(items, thousandths), items

    return drawn


def having(items: Sequence[Item[str, int]], thousandths: int) -> dict[str, int]:
    paid: dict[str, int] = {}
    for item in items:
        payer, change = item.changes[0]
        paid[payer] = paid.get(payer, 0) - change
    return {name: amount * thousandths // 1000 for name, amount in paid.items()}


FAMILIES: Mapping[str, Family] = {
    "one payer, 9 digits": one_payer(9),
    "one payer, 12 digits": one_payer(12),
    "2 banks, 9 digits": banks(2, 9, 50),
    "3 banks, 9 digits": banks(3, 9, 50),
    "5 banks, 9 digits": banks(5, 9, 50),
    "1 hub, 8 spokes": hubs(1, 8, 9, 50),
    "2 hubs, 20 spokes": hubs(2, 20, 9, 50),
    "ring of 10, 0.1%": ring(10, 9, 1),
    "ring of 20, 0.1%": ring(20, 9, 1),
    "ring of 40, 0.1%": ring(40, 9, 1),
    "10 banks, nothing": banks(10, 9, 0),
    "20 banks, nothing": banks(20, 9, 0),
    "20 banks, 12 digits, nothing": banks(20, 12, 0),
    "10 banks, 0.1%": banks(10, 9, 1),
    "20 banks, 0.1%": banks(20, 9, 1),
    "10 banks, 5%": banks(10, 9, 50),
    "20 banks, 5%": banks(20, 9, 50),
    "40 banks, 20%": banks(40, 6, 200),
}


def rows(
    seconds: float, sizes: Sequence[int], seeds: Sequence[int], names: Sequence[str]
) -> Iterator[str]:
    """Answer one question after another, and tell what is proved."""
    for name in names:
        for size in sizes:
            for seed in seeds:
                available, items = FAMILIES[name](random.Random(seed), size)
                begun, used = time.monotonic(), time.process_time()
                answer = settles_freely(available, items, seconds)
                taken, used = time.monotonic() - begun, time.process_time() - used
                in_order = worth(items, settles_in_order(available, items))
                assert (answer.value, answer.count) >= in_order
                assert not shortfalls(available, items, answer.settled)
                gap = (answer.bound - answer.value) * 1_000_000 / max(answer.bound, 1)
                proved = "all" if answer.optimal else "no" if gap else "value"
                yield (
                    f"| {name} | {size} | {seed} | {proved} | {gap:.2f} | {taken:.1f} "
                    f"| {used:.1f} | {answer.value} | {answer.count} |"
                )


def numbers(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def told(seconds: str, sizes: str, seeds: str, *names: str) -> None:
    """Write the table as it comes, since it takes long."""
    out = sys.stdout
    out.write(
        "| kind | size | seed | proved | gap, ppm | seconds | of processor | value | number |\n"
    )
    out.write("|---|---|---|---|---|---|---|---|---|\n")
    chosen = [name for name in FAMILIES if any(one in name for one in names or [""])]
    for line in rows(float(seconds), numbers(sizes), numbers(seeds), chosen):
        out.write(f"{line}\n")
        out.flush()


if __name__ == "__main__":
    told(*sys.argv[1:])
