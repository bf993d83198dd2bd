# SPDX-License-Identifier: Apache-2.0
"""The reference pages say what the catalogue says, and nothing a table would break on."""

import enum
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import pytest

from tools import catalogue, reference
from tools.catalogue import CommandEntry, Field, RefusalEntry


class IssueMoney(msgspec.Struct, frozen=True):
    """Issue central-bank money to a bank."""

    sen: int
    note: str | None = None


class Refusal(enum.Enum):
    """Two ways to say no."""

    SIGNER_UNKNOWN = 1
    LIMIT_EXCEEDED = 2


class Verb(NamedTuple):
    """A command and its refusals, as a module's manifest gives them."""

    command: type[msgspec.Struct]
    refusals: Iterable[object]


class Module(NamedTuple):
    """A module's manifest."""

    name: str
    verbs: Iterable[Verb]


@pytest.fixture
def command() -> CommandEntry:
    """The one command of a small assembly, as the catalogue reads it."""
    (entry,) = catalogue.commands([Module("money", [Verb(IssueMoney, Refusal)])])
    return entry


def test_a_command_is_read_with_its_fields_and_refusals_in_order(command: CommandEntry) -> None:
    assert command.name == "IssueMoney"
    assert command.fields == (Field("sen", "int"), Field("note", "str | None"))
    assert [r.code for r in command.refusals] == ["signer_unknown", "limit_exceeded"]


def test_the_page_has_the_command_under_its_module(command: CommandEntry) -> None:
    page = reference.pages([command])["docs/reference/commands.md"]
    assert "## money\n\n### IssueMoney\n\nIssue central-bank money to a bank." in page
    assert "| `note` | `str \\| None` |" in page


def test_a_refusal_shared_by_two_commands_is_listed_once(command: CommandEntry) -> None:
    no = RefusalEntry("signer_unknown", "No such signer.", "Tiada penandatangan.")
    pair = [command._replace(refusals=(no,)), command._replace(name="Redeem", refusals=(no,))]
    page = reference.pages(pair)["docs/reference/refusals.md"]
    assert page.count("| `signer_unknown` | No such signer. | Tiada penandatangan. |") == 1
