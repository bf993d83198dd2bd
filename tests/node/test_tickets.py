# SPDX-License-Identifier: Apache-2.0
"""A ticket is taken once, in time, and can be read by nobody else."""

from pathlib import Path

import pytest

from lejar.node.tickets import VALIDITY, TicketFolder

NOW = 1_790_000_000_000_000


def test_a_ticket_gives_its_pass_once(tmp_path: Path) -> None:
    tickets = TicketFolder(tmp_path)
    first, second = tickets.issue("a pass", NOW), tickets.issue("another", NOW)
    assert tickets.redeem(second, NOW) == "another"
    assert tickets.redeem(first, NOW + VALIDITY) == "a pass"
    assert tickets.redeem(first, NOW) is None
    assert list(tickets.path.iterdir()) == []


def test_a_late_ticket_is_gone(tmp_path: Path) -> None:
    tickets = TicketFolder(tmp_path)
    assert tickets.redeem(tickets.issue("a pass", NOW), NOW + VALIDITY + 1) is None


def test_what_nobody_took_is_cleared_away(tmp_path: Path) -> None:
    tickets = TicketFolder(tmp_path)
    late = tickets.issue("a pass", NOW)
    tickets.issue("another", NOW + VALIDITY + 1)
    assert len(list(tickets.path.iterdir())) == 1
    assert tickets.redeem(late, NOW) is None


@pytest.mark.parametrize("word", ["", "x", "../../keys/log", "a" * 32, "/etc/passwd" + "a" * 21])
def test_a_word_that_nobody_gave_out_opens_nothing(tmp_path: Path, word: str) -> None:
    tickets = TicketFolder(tmp_path)
    assert tickets.redeem(word, NOW) is None
    tickets.issue("a pass", NOW)
    assert tickets.redeem(word, NOW) is None


def test_only_the_owner_can_read_a_ticket_and_its_name_is_not_the_word(tmp_path: Path) -> None:
    tickets = TicketFolder(tmp_path)
    word = tickets.issue("a pass", NOW)
    (path,) = tickets.path.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert tickets.path.stat().st_mode & 0o777 == 0o700
    assert word not in path.name
