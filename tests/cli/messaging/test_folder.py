# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - what any method takes and gives
"""The file drop, and that it may be killed between any two steps."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lejar.cli.client import HubClient
from lejar.cli.messaging.folder import Drop
from lejar.cli.messaging.log import Log, Reply
from lejar.kernel.failure import Unavailable
from tests.cli.messaging.conftest import Two
from tests.cli.messaging.world import Channel, pacs_009, said, uetr
from tests.gateways.rest.market import BANK


class Killed(BaseException):
    """The program ends here; nothing is cleaned up."""


@pytest.fixture
def drop(two: Two, tmp_path: Path) -> Drop:
    return Drop(tmp_path / "drop", two.alfa.bank)


def put(drop: Drop, data: bytes, name: str = "pay.xml") -> None:
    (drop.inbox / name).write_bytes(data)


def statuses(drop: Drop) -> list[tuple[str, str | None]]:
    """What the bank finds in out/, by the names of the files."""
    found: list[tuple[str, str | None]] = []
    for file in sorted(drop.out.iterdir()):
        assert not file.name.startswith(".")
        if file.name.startswith("pacs.002"):
            found += [(one.code, one.reason) for one in said_of(file)]
    return found


def said_of(file: Path) -> Any:
    return said(Reply(file.name, "", file.read_bytes()))


def test_a_file_is_taken_answered_and_put_aside(two: Two, drop: Drop) -> None:
    put(drop, pacs_009(1, 2_500))
    lines = list(drop.round())
    assert len(lines) == 1
    assert lines[0].startswith("pay.xml -> pacs.002-LJ")
    assert statuses(drop) == [("ACSC", None)]
    assert [one.name.startswith("pay.") for one in drop.done.iterdir()] == [True]
    assert list(drop.inbox.iterdir()) == list(drop.work.iterdir()) == []
    assert list(drop.round()) == []
    assert two.balances() == (97_500, 2_500)


def test_what_is_still_being_written_is_left_alone(drop: Drop) -> None:
    put(drop, b"<half", ".pay.xml")
    put(drop, b"<half", "pay.xml.part")
    assert list(drop.round()) == []
    assert len(list(drop.inbox.iterdir())) == 2


def test_later_news_is_delivered(two: Two, drop: Drop) -> None:
    put(drop, pacs_009(1, 150_000))
    list(drop.round())
    two.fund(60_000)
    names = [line.removeprefix("-> ")[:8] for line in drop.round()]
    assert names == ["pacs.002", "camt.054"]
    assert sorted(statuses(drop)) == [("ACSC", None), ("PDNG", "AM04")]


def test_a_harmful_file_is_refused(two: Two, drop: Drop) -> None:
    put(drop, b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')
    list(drop.round())
    assert statuses(drop) == [("RJCT", "FF01")]
    assert len(list(drop.refused.iterdir())) == 1
    assert two.alfa.posted() == []


def test_a_file_dropped_twice_is_a_duplicate(two: Two, drop: Drop) -> None:
    for name in ("pay.xml", "pay.xml", "again.xml"):
        put(drop, pacs_009(1, 2_500), name)
        list(drop.round())
    assert sorted(statuses(drop)) == [("ACSC", None), ("RJCT", "AM05")]
    assert len(list(drop.done.iterdir())) == 1
    assert two.balances() == (97_500, 2_500)


def test_a_hub_that_is_away_leaves_the_file_for_the_next_round(two: Two, drop: Drop) -> None:
    put(drop, pacs_009(1, 2_500))
    two.market.world.trouble = "gone"
    with pytest.raises(Unavailable):
        list(drop.round())
    assert [one.name for one in drop.work.iterdir()] == ["pay.xml"]
    two.market.world.trouble = ""
    list(drop.round())
    assert statuses(drop) == [("ACSC", None)]


STEPS = (
    (Path, "replace"),
    (Path, "write_bytes"),
    (Log, "receive"),
    (Log, "keep"),
    (Log, "answer"),
    (Log, "delivered"),
    (Log, "set_mark"),
    (HubClient, "submit"),
)
"""Everything that a round writes: on the disk, in the log, and at the hub."""


def killing(monkeypatch: pytest.MonkeyPatch, after: int, *, before_it: bool) -> None:
    """Kill the program at the write of this number: just before it, or just after."""
    count = 0

    def deadly(real: Callable[..., Any]) -> Callable[..., Any]:
        def write(*args: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if before_it and count == after:
                raise Killed
            made = real(*args, **named)
            if not before_it and count == after:
                raise Killed
            return made

        return write

    for kind, name in STEPS:
        monkeypatch.setattr(kind, name, deadly(getattr(kind, name)))


def restarted(two: Two, tmp_path: Path) -> Iterator[Drop]:
    two.alfa.log.close()
    two.alfa = Channel(two.market, two.founded, BANK, tmp_path / "alfa.sqlite")
    yield Drop(tmp_path / "drop", two.alfa.bank)


@pytest.mark.parametrize("before_it", [True, False])
@pytest.mark.parametrize("after", range(1, 15))
def test_killed_at_any_step_nothing_is_lost_or_doubled(
    two: Two, drop: Drop, tmp_path: Path, after: int, *, before_it: bool
) -> None:
    put(drop, pacs_009(1, 2_500))
    with pytest.MonkeyPatch.context() as patched:
        killing(patched, after, before_it=before_it)
        with contextlib.suppress(Killed):
            list(drop.round())
    for again in restarted(two, tmp_path):
        list(again.round())
        list(again.round())
        assert statuses(again) == [("ACSC", None)]
        assert len(list(again.done.iterdir())) == 1
        assert list(again.refused.iterdir()) == []
        assert list(again.inbox.iterdir()) == list(again.work.iterdir()) == []
    assert two.balances() == (97_500, 2_500)
    kept = two.alfa.log.transaction(uetr(1), "payment")
    assert kept is not None
    assert kept.standing.state == "settled"
