# SPDX-License-Identifier: Apache-2.0
"""Key files are private, are what they say, and are refused otherwise."""

from pathlib import Path

import msgspec
import pytest

from lejar.domain.identity import Role
from lejar.kernel.signature import public_key_of
from lejar.node.keys import KeyFolder, KeyProblem

PARTY = bytes(range(16))


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path)


def test_a_key_is_made_read_and_listed(folder: KeyFolder) -> None:
    made = folder.make("issuer", party=None, roles=(Role.OPERATE,))
    assert folder.read("issuer") == made
    assert folder.names() == ["issuer"]
    assert public_key_of(made.secret).hex() == made.public


def test_two_keys_differ(folder: KeyFolder) -> None:
    assert (
        folder.make("a", party=None, roles=()).seed != folder.make("b", party=None, roles=()).seed
    )


def test_only_the_owner_can_read_the_file(folder: KeyFolder) -> None:
    folder.make("issuer", party=None, roles=())
    assert (folder.path / "issuer.json").stat().st_mode & 0o777 == 0o600
    assert folder.path.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(folder: KeyFolder, mode: int) -> None:
    folder.make("issuer", party=None, roles=())
    (folder.path / "issuer.json").chmod(mode)
    with pytest.raises(KeyProblem, match="can be read by others"):
        folder.read("issuer")


def test_a_key_learns_whose_it_is(folder: KeyFolder) -> None:
    folder.make("issuer", party=None, roles=())
    with pytest.raises(KeyProblem, match="belongs to no party"):
        _ = folder.read("issuer").party_id
    folder.belongs_to("issuer", PARTY)
    assert folder.read("issuer").party_id == PARTY
    assert (folder.path / "issuer.json").stat().st_mode & 0o777 == 0o600


def test_a_taken_name_is_refused(folder: KeyFolder) -> None:
    folder.make("issuer", party=None, roles=())
    with pytest.raises(KeyProblem, match="already"):
        folder.make("issuer", party=None, roles=())


@pytest.mark.parametrize("name", ["../x", "", "A", "a/b", ".hidden", "a" * 64])
def test_a_name_that_is_no_file_name_is_refused(folder: KeyFolder, name: str) -> None:
    with pytest.raises(KeyProblem, match="cannot name a key"):
        folder.read(name)


def test_an_unknown_key_is_refused_with_those_that_are_there(folder: KeyFolder) -> None:
    folder.make("issuer", party=None, roles=())
    with pytest.raises(KeyProblem, match="there are: issuer"):
        folder.read("bank")


@pytest.mark.parametrize(
    "change",
    [{"public": "00" * 32}, {"name": "other"}, {"party": "party_x"}, {"format": 2}, {"more": 1}],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    folder: KeyFolder, change: dict[str, object]
) -> None:
    folder.make("issuer", party=None, roles=())
    path = folder.path / "issuer.json"
    path.write_bytes(msgspec.json.encode({**msgspec.json.decode(path.read_bytes()), **change}))
    with pytest.raises(KeyProblem, match=r"is not (a key file|the key it says)"):
        folder.read("issuer")
