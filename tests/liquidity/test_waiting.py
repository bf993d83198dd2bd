# SPDX-License-Identifier: Apache-2.0
"""What waits is told why."""

from lejar.domain.settlement.saving import Item
from lejar.liquidity.waiting import Lack, Reason, reasons


def paying(number: int, source: str, target: str, amount: int, *after: int) -> Item[str, int]:
    return Item(number, ((source, -amount), (target, amount)), amount, 1, after)


QUEUE = [
    paying(1, "A", "B", 9),
    paying(2, "A", "B", 1),
    paying(3, "C", "A", 6),
    paying(4, "D", "A", 5),
    paying(5, "E", "F", 1, 4),
    paying(6, "G", "A", 1),
]
HAS = {"A": 3, "E": 1, "G": 1}


def told(*, ordered: bool, chosen: tuple[int, ...] = (6,)) -> dict[int, Reason[str, int]]:
    return {one.id: one for one in reasons(HAS, QUEUE, chosen, ordered=ordered)}


def test_a_payment_tells_what_it_lacks_and_who_alone_would_bring_it() -> None:
    reason = told(ordered=True)[1]
    assert reason.lacks == (Lack("A", 5, (3, 4)),)
    assert reason.behind == reason.after == ()


def test_a_payment_that_could_be_paid_tells_behind_which_it_stands() -> None:
    assert told(ordered=True)[2] == Reason(2, (), (1,), ())
    assert told(ordered=False)[2].behind == ()


def test_a_payment_tells_what_it_comes_after() -> None:
    assert told(ordered=True)[5] == Reason(5, (), (), (4,))


def test_what_settled_is_not_explained() -> None:
    assert 6 not in told(ordered=True)
    assert told(ordered=True, chosen=())[1].lacks == (Lack("A", 6, (3,)),)
