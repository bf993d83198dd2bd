# SPDX-License-Identifier: Apache-2.0
"""Key files: one of the four seams; a secret seed in a file that only its owner can read.

They live in `<home>/keys`, never in a repository.  A file that others can read is refused, not
repaired: whoever could read it may have read it.
"""

import contextlib
import os
import secrets
import stat
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from lejar.domain.identity import Role
from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.kernel.signature import SEED_BYTES, public_key_of

FOLDER: Final = "keys"
SUFFIX: Final = ".json"
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700

Hex32 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9.\-]{0,62}\Z")]


class KeyProblem(Exception):
    """A key file cannot be used, or is not there; the text says why and what to do."""


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One key as its file holds it."""

    format: Literal[1] = 1
    name: Name
    """The file's name, for people; it never leaves this machine."""
    party: str | None
    """The party it signs for (`party_…`); none until the party is registered, or for a log key."""
    roles: tuple[Role, ...]
    public: Hex32
    seed: Hex32

    @property
    def party_id(self) -> bytes:
        """The party's raw id, or `KeyProblem`."""
        if self.party is None:
            raise KeyProblem(f"The key '{self.name}' belongs to no party yet.")
        return identifiers.read("party", self.party)

    @property
    def secret(self) -> bytes:
        """The raw seed."""
        return bytes.fromhex(self.seed)


class KeyFolder:
    """The key files of one data folder."""

    def __init__(self, home: Path) -> None:
        self.path = home / FOLDER

    def names(self) -> list[str]:
        """Give the names of all keys, in order."""
        if not self.path.is_dir():
            return []
        return sorted(path.name.removesuffix(SUFFIX) for path in self.path.glob(f"*{SUFFIX}"))

    def all(self) -> list[KeyFile]:
        """Read every key."""
        return [self.read(name) for name in self.names()]

    def read(self, name: str) -> KeyFile:
        """Read a key; raises `KeyProblem`."""
        path = self._place(name)
        try:
            _must_be_private(path)
            data = path.read_bytes()
        except FileNotFoundError:
            known = ", ".join(self.names()) or "none"
            raise KeyProblem(
                f"There is no key '{name}' in {self.path}; there are: {known}."
            ) from None
        except OSError as error:
            raise KeyProblem(f"The key '{name}' cannot be read: {error}.") from None
        return _read(path, name, data)

    def make(self, name: str, *, party: bytes | None, roles: tuple[Role, ...]) -> KeyFile:
        """Make a new random key and its file; raises `KeyProblem` when the name is taken."""
        seed = secrets.token_bytes(SEED_BYTES)
        key = KeyFile(
            name=name,
            party=None if party is None else identifiers.show("party", party),
            roles=roles,
            public=public_key_of(seed).hex(),
            seed=seed.hex(),
        )
        if self._place(name).exists():
            raise KeyProblem(f"There is a key '{name}' already; choose another name.")
        self._write(key)
        return key

    def belongs_to(self, name: str, party: bytes) -> KeyFile:
        """Write down whose key it is, once the party is registered."""
        key = msgspec.structs.replace(self.read(name), party=identifiers.show("party", party))
        self._write(key)
        return key

    def _place(self, name: str) -> Path:
        try:
            return self.path / f"{msgspec.convert(name, Name)}{SUFFIX}"
        except msgspec.ValidationError:
            raise KeyProblem(
                f"'{name}' cannot name a key: use small letters, digits, dots and hyphens."
            ) from None

    def _write(self, key: KeyFile) -> None:
        self.path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        path = self._place(key.name)
        fresh = path.with_suffix(".new")
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(fresh, flags, PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(key), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def _must_be_private(path: Path) -> None:
    mode = path.stat().st_mode
    if mode & OTHERS:
        raise KeyProblem(
            f"{path} can be read by others (mode {mode & 0o777:04o}). If nobody has, say "
            f"`chmod 600 {path}`; otherwise replace the key."
        )


def _read(path: Path, name: str, data: bytes) -> KeyFile:
    try:
        key = msgspec.json.decode(data, type=KeyFile)
        if key.party is not None:
            identifiers.read("party", key.party)
    except (msgspec.DecodeError, Malformed) as error:
        raise KeyProblem(f"{path} is not a key file: {error}.") from None
    if key.name != name or public_key_of(key.secret).hex() != key.public:
        raise KeyProblem(f"{path} is not the key it says: its name or its public key differs.")
    return key
