# SPDX-License-Identifier: Apache-2.0
"""Compares what a line expects with the receipts that came."""

from typing import Any, Final

from lejar.kernel.entry import Receipt
from tests.scenarios.language import Atom, Item, Sequence, Step
from tests.scenarios.network import MACHINE
from tests.scenarios.play import Play
from tests.scenarios.values import Reading

BESIDE: Final = ("HoldPlaced", "HoldReleased")
"""Events that go with others, and are named only where they are the point."""


def check_outcome(play: Play, step: Step, receipts: list[Receipt]) -> None:
    """Check `accepted [Event field=value …] …` or `refused code [fact=value …]`."""
    (receipt,) = receipts
    expected = step.expected or (Item("", Atom("accepted")),)
    verdict, rest = expected[0].word, expected[1:]
    if verdict == "accepted":
        assert receipt.refusal is None, f"{step.place}: {_shown(receipt)}"
        if rest:
            _check_events(play, step, [MACHINE.read_event(raw) for raw in receipt.events], rest)
    elif verdict == "refused" and rest and rest[0].word:
        assert receipt.refusal is not None, f"{step.place}: it was accepted"
        assert receipt.events == (), "a refusal has no events"
        assert receipt.postings == (), "a refusal has no postings"
        assert receipt.refusal.code == rest[0].word, f"{step.place}: {_shown(receipt)}"
        _check_facts(play, step, dict(receipt.refusal.facts), rest[1:])
    else:
        step.place.fail("a command is 'accepted [Event …]' or 'refused code [fact=value …]'")


def expect_due(play: Play, step: Step, receipts: list[Receipt]) -> None:
    """Check the events of due work: exactly these, in this order; `nothing` for none."""
    events: list[Any] = []
    for receipt in receipts:
        assert receipt.refusal is None, f"{step.place}: {_shown(receipt)}"
        events.extend(MACHINE.read_event(raw) for raw in receipt.events)
    expected = step.expected or ()
    if [item.word for item in expected] == ["nothing"]:
        expected = ()
    _check_events(play, step, events, expected)


def _check_events(play: Play, step: Step, events: list[Any], expected: tuple[Item, ...]) -> None:
    names = [item.word for item in expected if not item.name]
    events = [e for e in events if type(e).__name__ in names or type(e).__name__ not in BESIDE]
    had = [type(event).__name__ for event in events]
    assert had == names, f"{step.place}: what happened was {', '.join(had) or 'nothing'}"
    place = -1
    for item in expected:
        if not item.name:
            place += 1
            continue
        event = events[place]
        wanted = Reading(step.place, play.names).field(type(event), item.name, item.value)
        value = getattr(event, item.name)
        assert value == wanted, f"{step.place}: {item.name} is {value!r}, not {wanted!r}"


def _check_facts(
    play: Play, step: Step, facts: dict[str, int | str | None], expected: tuple[Item, ...]
) -> None:
    read = Reading(step.place, play.names)
    for item in expected:
        if item.name == "facts" and isinstance(item.value, Sequence):
            said = sorted(one.word for one in item.value.items)
            assert said == sorted(facts), f"{step.place}: it tells {', '.join(facts)}"
            continue
        if not isinstance(item.value, Atom) or item.name not in facts:
            step.place.fail(f"the refusal has no fact '{item.name}'; it has {', '.join(facts)}")
        text, fact = item.value.text, facts[item.name]
        if isinstance(fact, int):
            same = read.number(text) == fact
        else:
            same = text == fact or (text in play.names and play.names[text].hex() == fact)
        assert same, f"{step.place}: {item.name} is {fact!r}, not {text}"


def _shown(receipt: Receipt) -> str:
    refusal = receipt.refusal
    return (
        "it was accepted" if refusal is None else f"it was refused: {refusal.code} {refusal.facts}"
    )
