# SPDX-License-Identifier: Apache-2.0
"""Public names are read when their file changes, and pages go on without them."""

from pathlib import Path

from lejar.node.names import FILE_NAME, Names, write_name

ONE, TWO = bytes(16), bytes(range(16))


def test_names_are_seen_as_soon_as_they_are_written(tmp_path: Path) -> None:
    names = Names(tmp_path)
    assert names.get(ONE) is None
    write_name(tmp_path, ONE, "Bank One")
    assert names.get(ONE) == "Bank One"
    write_name(tmp_path, TWO, "The issuer")
    assert dict(names) == {ONE: "Bank One", TWO: "The issuer"}


def test_a_file_that_cannot_be_read_leaves_the_names_as_they_were(tmp_path: Path) -> None:
    names = Names(tmp_path)
    write_name(tmp_path, ONE, "Bank One")
    assert len(names) == 1
    (tmp_path / FILE_NAME).write_text('{"party_x": "Nobody"}')
    assert dict(names) == {ONE: "Bank One"}
