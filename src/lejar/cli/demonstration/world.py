# SPDX-License-Identifier: Apache-2.0
"""What the demonstration remembers: which steps are done, and what they made.

Kept in a file, so that a second start goes on where the first one stopped.
"""

import base64
from pathlib import Path
from typing import Any, Final

import msgspec

from lejar.cli.client import Command, HubClient
from lejar.cli.voice import Problem
from lejar.gateways.rest.codec import form_of
from lejar.kernel import envelope, identifiers
from lejar.kernel.digest import sha256
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.identifiers import ID_BYTES
from lejar.node.keys import KeyFile, KeyFolder

FILE_NAME: Final = "demonstration.json"


class Memory(msgspec.Struct):
    """The file."""

    done: list[str] = []
    ids: dict[str, str] = {}
    """What was made, by name, in hexadecimal."""
    entries: dict[str, int] = {}
    """The entry of each step."""
    finished: bool = False


class World:
    """The demonstration under way: a hub, its parties' keys, and what was made so far."""

    def __init__(self, home: Path, hub: HubClient) -> None:
        self.home = home
        self.hub = hub
        self.keys = KeyFolder(home)
        self.memory = recall(home)
        self._may_have_been_sent = True

    def id(self, name: str) -> bytes:
        """Give the id of what a step made."""
        return bytes.fromhex(self.memory.ids[name])

    def party(self, role: str) -> bytes:
        """Give the party that plays a role."""
        return self.keys.read(role).party_id

    def key(self, role: str) -> KeyFile:
        """Give a role's key."""
        return self.keys.read(role)

    def learn(self, name: str, raw: bytes) -> None:
        """Remember an id."""
        self.memory.ids[name] = raw.hex()

    def finish(self, step: str, entry: int) -> None:
        """Remember that a step is done."""
        self.memory.done.append(step)
        self.memory.entries[step] = entry
        self.save()

    def save(self) -> None:
        """Write the file."""
        path = self.home / FILE_NAME
        fresh = path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(self.memory), indent=2))
        fresh.replace(path)

    def send(self, step: str, command: envelope.Command, signers: tuple[str, ...]) -> "Outcome":
        """Prepare, check, sign and send a step's command; a step that was sent is found again.

        Only the first step of a run can have been sent before: each is remembered before the next.
        """
        command_id = self.command_id(step)
        keys = [self.key(role) for role in signers]
        found = self._receipt_of(command_id, keys[0])
        if found is None:
            body = self.hub.prepare(written(command, command_id))
            try:
                return _outcome(self.hub.submit(body, keys), "")
            except Problem as problem:
                entry = problem.more.get("entry")
                if not isinstance(entry, int):
                    raise
                self.hub.wait_for(entry)
                sentence = problem.sentence
                found = self.hub.get(f"/v1/receipts/{command_id}", keys[0])
                return _outcome(found["receipt"], sentence)
        return _outcome(found["receipt"], "")

    def _receipt_of(self, command_id: str, key: KeyFile) -> dict[str, Any] | None:
        if not self._may_have_been_sent:
            return None
        self._may_have_been_sent = False
        return self.hub.find(f"/v1/receipts/{command_id}", key)

    def command_id(self, step: str) -> str:
        """Name a step's command: the same in every attempt, so that none is ordered twice."""
        seed = b"lejar/demonstration/step\n" + self.hub.network + step.encode()
        return identifiers.show("command", sha256(seed)[:ID_BYTES])


class Outcome(msgspec.Struct, frozen=True):
    """What became of a step's command."""

    receipt: Receipt
    sentence: str
    """The refusal's sentence; empty when accepted."""


def recall(home: Path) -> Memory:
    """Read what a demonstration remembers; nothing when there was none."""
    try:
        return msgspec.json.decode((home / FILE_NAME).read_bytes(), type=Memory)
    except FileNotFoundError:
        return Memory()


def written(command: envelope.Command, command_id: str | None = None) -> Command:
    """Write a core command as REST takes it."""
    arguments: dict[str, Any] = form_of(type(command), tagged=False).show(command)
    plain = msgspec.json.decode(msgspec.json.encode(arguments))
    return Command(str(type(command).__struct_config__.tag), plain, command_id)


def _outcome(message: dict[str, Any], sentence: str) -> Outcome:
    receipt: Receipt = read_receipt(base64.b64decode(message["receipt"]))
    return Outcome(receipt, sentence)
