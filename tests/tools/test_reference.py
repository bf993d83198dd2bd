# SPDX-License-Identifier: Apache-2.0
"""The reference pages say what the modules declare, in words and in tables that hold."""

import datetime
import enum
import json
from typing import Annotated

import msgspec
import pytest

from lejar.kernel.draft import Draft
from lejar.kernel.envelope import Command
from lejar.kernel.module import Module, Verb
from lejar.kernel.refusal import RefusalTable, row
from lejar.reference import jurisdictions, shipped_pack
from lejar.reference.rules.kinds import KINDS
from lejar.reference.rules.schema import rules_schema
from tools import reference
from tools.catalogue import Catalogue, Field, catalogue
from tools.type_names import type_name


class Lend(Command, frozen=True, tag="library.lend"):
    """Lend a book."""

    book: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    until: datetime.date | None


class LibraryRefusal(RefusalTable):
    """Why a book stays."""

    BOOK_UNKNOWN = row("No such book.", "Tiada buku itu.", remedy="Look.", remedy_ms="Cari.")
    BOOK_LENT = row("It is lent.", "Telah dipinjam.", remedy="Wait.", remedy_ms="Tunggu.")


def lend(draft: Draft, command: Lend) -> None:
    """Carry nothing out: only the description is looked at."""


@pytest.fixture
def library() -> Catalogue:
    """A catalogue of one module with one command."""
    verb = Verb(Lend, lend, "operate", (LibraryRefusal.BOOK_LENT, LibraryRefusal.BOOK_UNKNOWN))
    return catalogue([Module("library", (verb,), refusals=(LibraryRefusal,))])


def test_a_command_is_read_with_its_fields_and_refusals_in_order(library: Catalogue) -> None:
    (command,) = library.commands
    assert (command.name, command.tag, command.role) == ("Lend", "library.lend", "operate")
    assert command.fields == (Field("book", "16 bytes"), Field("until", "date or nothing"))
    assert [refusal.code for refusal in command.refusals] == ["book_lent", "book_unknown"]


def test_the_page_has_the_command_under_its_module(library: Catalogue) -> None:
    page = reference.pages(library)["docs/reference/commands.md"]
    assert "## library\n\n### Lend\n" in page
    assert "| `until` | date or nothing |" in page
    assert "- `book_lent`: It is lent.\n- `book_unknown`: No such book.\n" in page


def test_the_kernel_says_no_first_and_each_table_in_its_own_order(library: Catalogue) -> None:
    page = reference.pages(library)["docs/reference/refusals.md"]
    places = [page.index(word) for word in ("## kernel", "## library", "book_unknown", "book_lent")]
    assert places == sorted(places)
    assert "- Tiada buku itu. *Cari.*" in page


def test_the_page_of_rules_has_every_kind_with_its_keys_refusal_and_rules(
    library: Catalogue,
) -> None:
    page = reference.pages(library)["docs/reference/rules.md"]
    assert all(f"\n## {kind}\n" in page for kind in KINDS)
    _, _, after = page.partition("\n## investment_cap\n")
    kind, _, _ = after.partition("\n## ")
    assert "| `limit` | an amount of money" in kind
    assert "it is named in `unknown`" in kind
    assert "Refused with `investment_cap`:" in kind
    shipped = [rule.id for one in jurisdictions() for rule in shipped_pack(one).rules]
    assert all(f"| `{name}` |" in page for name in shipped)


def test_the_schema_of_rules_stands_beside_the_pages(library: Catalogue) -> None:
    text = reference.pages(library)["docs/reference/packs.schema.json"]
    assert json.loads(text) == rules_schema()


class Colour(enum.StrEnum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (int, "integer"),
        (tuple[int, ...], "list of integer"),
        (tuple[int, str], "(integer, text)"),
        (Annotated[int, msgspec.Meta(ge=1)], "integer, at least 1"),
        (Annotated[int, msgspec.Meta(ge=0, le=9)], "integer, 0 to 9"),
        (Annotated[str, msgspec.Meta(max_length=9)], "text, 0 to 9"),
        (Lend | None, "Lend or nothing"),
        (Colour, "one of red, blue"),
    ],
)
def test_a_type_is_named_for_people(annotation: object, name: str) -> None:
    assert type_name(annotation) == name
