# SPDX-License-Identifier: Apache-2.0
"""A question in a file is read as it is written, or refused with the place and what is wrong."""

import json

import pytest

from lejar.liquidity import in_order, settles_freely
from lejar.liquidity.question import Question, read_question
from lejar.liquidity.reading import FileWrong

PAYMENT = {"id": "1", "from": "A", "to": "B", "amount": 5}


def asked(queue: list[dict[str, object]], **more: object) -> Question:
    return read_question(json.dumps({"balances": {"A": 3}, "queue": queue, **more}))


def settled(question: Question) -> list[str]:
    answer = in_order(question.available, question.items)
    return [one for one in question.order if any(one in ids for ids in answer.settled)]


def paying(name: str, source: str, target: str, amount: int, **more: object) -> dict[str, object]:
    return {"id": name, "from": source, "to": target, "amount": amount, **more}


WRONG = {
    "[]": ("", "must be an object, not a list"),
    "{": ("", "not JSON: "),
    "": ("", "not JSON: "),
    "[" * 100_000: ("", "nested too deeply"),
    '{"balances": {"A": NaN}, "queue": []}': ("", "NaN is not a number"),
    '{"balances": {"A": 1, "A": 2}, "queue": []}': ("A", "the key stands twice"),
    '{"balances": {"A": 1' + "0" * 5000 + '}, "queue": []}': ("", "is beyond"),
    '{"queue": []}': ("balances", "is missing"),
    '{"balances": {}}': ("queue", "is missing"),
    '{"balances": [], "queue": []}': ("balances", "must be an object"),
    '{"balances": {}, "queue": {}}': ("queue", "must be a list"),
    '{"balances": {}, "queue": [], "mode": 1}': ("mode", "unknown; known are"),
    '{"balances": {"A": -1}, "queue": []}': ("balances.A", "must be from 0 to"),
    '{"balances": {"A": 1.0}, "queue": []}': ("balances.A", "not the fraction 1.0"),
    '{"balances": {"A": true}, "queue": []}': ("balances.A", "not true or false"),
    '{"balances": {"A": null}, "queue": []}': ("balances.A", "not null"),
    '{"balances": {"A": {"MYR": "3"}}, "queue": []}': ("balances.A.MYR", 'not "3"'),
    '{"balances": {"A": 9223372036854775808}, "queue": []}': ("balances.A", "not 922337203685477"),
    '{"balances": {"": 1}, "queue": []}': ("balances", "text that is not empty"),
    '{"balances": {}, "queue": [], "worth": {"USD": -1}}': ("worth.USD", "must be from 0"),
    '{"balances": {}, "queue": [], "reserved": {"A": []}}': ("reserved.A", "not a list"),
    '{"available": {}, "balances": {}, "queue": []}': ("balances", "unknown; known are"),
    '{"available": {"a": "1"}, "queue": []}': ("available.a", 'not "1"'),
    '{"available": {}, "queue": [{"id": "1", "changes": {}}]}': ("queue[0].value", "is missing"),
    '{"available": {}, "queue": [{"id": "1", "changes": {"a": -1}, "value": 1}]}': (
        "queue[0].changes.a",
        "is not in available",
    ),
    '{"available": {}, "queue": [{"id": "1", "with": ["1"], "changes": {}, "value": 1}]}': (
        "queue[0].id",
        "stands twice",
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_file_is_refused_with_the_place(text: str) -> None:
    place, sentence = WRONG[text]
    with pytest.raises(FileWrong) as wrong:
        read_question(text)
    assert wrong.value.path == place
    assert sentence in wrong.value.sentence


WRONG_ITEMS: dict[str, tuple[object, str, str]] = {
    "a word": ("pay", "queue[0]", 'must be an object, not "pay"'),
    "no id": ({"from": "A", "to": "B", "amount": 1}, "queue[0].id", "is missing"),
    "a number for an id": ({**PAYMENT, "id": 1}, "queue[0].id", "not the number 1"),
    "an unknown field": ({**PAYMENT, "memo": "x"}, "queue[0].memo", "unknown"),
    "nothing": ({**PAYMENT, "amount": 0}, "queue[0].amount", "must be from 1"),
    "less than nothing": ({**PAYMENT, "amount": -5}, "queue[0].amount", "must be from 1"),
    "a fraction": ({**PAYMENT, "amount": 5.5}, "queue[0].amount", "the fraction 5.5"),
    "a truth": ({**PAYMENT, "amount": True}, "queue[0].amount", "not true or false"),
    "too much": ({**PAYMENT, "amount": 2**63}, "queue[0].amount", "must be from 1 to"),
    "to itself": ({**PAYMENT, "to": "A"}, "queue[0]", '"A" would pay itself'),
    "no payee": ({"id": "1", "from": "A", "amount": 1}, "queue[0].to", "is missing"),
    "both forms": ({**PAYMENT, "legs": []}, "queue[0].from", "either legs or"),
    "no legs": ({"id": "1", "legs": []}, "queue[0].legs", "must not be empty"),
    "a wrong leg": (
        {"id": "1", "legs": [{"from": "A", "to": "B", "amount": 1, "fee": 1}]},
        "queue[0].legs[0].fee",
        "unknown",
    ),
    "after a stranger": ({**PAYMENT, "after": ["9"]}, "queue[0].after[0]", "not in the queue"),
    "after itself": ({**PAYMENT, "after": ["1"]}, "queue[0].after[0]", "cannot come after itself"),
    "after a word": ({**PAYMENT, "after": "1"}, "queue[0].after", "must be a list"),
    "a negative priority": ({**PAYMENT, "priority": -1}, "queue[0].priority", "must be from 0"),
    "no name for together": ({**PAYMENT, "together": ""}, "queue[0].together", "not empty text"),
}


@pytest.mark.parametrize("what", WRONG_ITEMS)
def test_a_wrong_item_is_refused_with_the_place(what: str) -> None:
    item, place, sentence = WRONG_ITEMS[what]
    with pytest.raises(FileWrong) as wrong:
        read_question(json.dumps({"balances": {}, "queue": [item]}))
    assert wrong.value.path == place
    assert sentence in wrong.value.sentence


def test_an_id_stands_once() -> None:
    with pytest.raises(FileWrong, match=r'queue\[1\].id: "1" is also that of queue\[0\]'):
        asked([PAYMENT, PAYMENT])


@pytest.mark.parametrize(
    ("limits", "place"),
    [
        ([{"from": "A", "to": "A", "amount": 1}], "limits[0]"),
        ([{"from": "A", "amount": 1}, {"from": "A", "amount": 2}], "limits[1]"),
        ([{"from": "A", "amount": -1}], "limits[0].amount"),
        ([{"to": "A", "amount": 1}], "limits[0].from"),
    ],
)
def test_a_wrong_limit_is_refused_with_the_place(
    limits: list[dict[str, object]], place: str
) -> None:
    with pytest.raises(FileWrong) as wrong:
        asked([], limits=limits)
    assert wrong.value.path == place


def test_an_empty_queue_settles_nothing() -> None:
    assert settled(asked([])) == []


def test_who_has_no_balance_has_nothing_but_may_be_paid_first() -> None:
    circle = [paying("1", "B", "A", 5), paying("2", "A", "B", 5)]
    assert settled(asked(circle)) == ["1", "2"]
    assert settled(asked(circle[:1])) == []


def test_the_more_urgent_stands_first_in_its_payers_queue() -> None:
    queue = [paying("1", "A", "B", 3), paying("2", "A", "B", 2, priority=1)]
    assert settled(asked(queue)) == ["2"]


def test_what_settles_together_settles_all_or_none() -> None:
    pair = [paying("1", "A", "B", 3, together="x"), paying("2", "C", "D", 1, together="x")]
    assert settled(asked(pair)) == []
    both = asked(pair, balances={"A": 3, "C": 1})
    assert settled(both) == ["1", "2"]
    assert [(item.value, item.count) for item in both.items] == [(4, 2)]


def test_the_links_of_what_settles_together_are_shared() -> None:
    queue = [
        paying("1", "A", "B", 1, together="x", after=["3", "2"]),
        paying("2", "A", "B", 1, together="x"),
        paying("3", "C", "B", 1),
    ]
    assert settled(asked(queue)) == []
    assert settled(asked(queue, balances={"A": 2, "C": 1})) == ["1", "2", "3"]


def test_a_name_for_together_is_no_id() -> None:
    queue = [paying("x", "A", "B", 1), paying("2", "C", "B", 1, together="x")]
    assert settled(asked(queue)) == ["x"]


def test_assets_are_apart_and_weighed() -> None:
    exchange: dict[str, object] = {
        "id": "1",
        "legs": [
            {"from": "A", "to": "B", "amount": 3},
            {"from": "B", "to": "A", "asset": "USD", "amount": 2},
        ],
    }
    question = asked([exchange], balances={"A": 3, "B": {"USD": 2}}, worth={"USD": 5})
    assert settled(question) == ["1"]
    assert question.items[0].value == 13
    assert settled(asked([exchange], balances={"A": 3, "B": {"MYR": 2}})) == []


def test_what_is_set_aside_is_not_spent() -> None:
    assert settled(asked([paying("1", "A", "B", 3)], reserved={"A": 1})) == []
    assert settled(asked([paying("1", "A", "B", 2)], reserved={"A": 1})) == ["1"]
    paid_first = [paying("1", "B", "A", 9), paying("2", "A", "C", 1)]
    question = asked(paid_first, balances={"A": 3, "B": 9}, reserved={"A": 12})
    assert settled(question) == ["1"]
    assert settles_freely(question.available, question.items).settled == (("1",),)


@pytest.mark.parametrize("limit", [{"from": "A", "to": "B"}, {"from": "A"}])
def test_a_limit_is_on_what_is_sent_less_what_is_received(limit: dict[str, object]) -> None:
    queue = [paying("1", "A", "B", 3)]
    assert settled(asked(queue, limits=[{**limit, "amount": 3}])) == ["1"]
    assert settled(asked(queue, limits=[{**limit, "amount": 2}])) == []
    queue.append(paying("2", "B", "A", 1))
    assert settled(asked(queue, limits=[{**limit, "amount": 2}])) == ["1", "2"]


def test_a_reckoned_question_is_taken_as_it_is() -> None:
    """Somebody overdrawn gives nothing more; what settles together has one value."""
    text = json.dumps(
        {
            "available": {"a": 5, "b": -2},
            "queue": [
                {"id": "1", "with": ["2"], "changes": {"a": -5, "b": 1}, "value": 9},
                {"id": "3", "changes": {"b": -1, "a": 1}, "value": 7},
            ],
        }
    )
    question = read_question(text)
    assert question.order == ("1", "2", "3")
    answer = settles_freely(question.available, question.items, 1)
    assert (answer.settled, answer.value, answer.count) == ((("1", "2"),), 9, 2)
    assert settled(question) == ["1", "2"]
