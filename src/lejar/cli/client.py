# SPDX-License-Identifier: Apache-2.0
"""A client of the hub's public REST API: prepare, check, sign, send, read.

It trusts the hub with nothing: the bytes to sign are made here again from what was asked, and are
signed only if the hub's are the same.
"""

import base64
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import httpx
import msgspec

from lejar.cli.gateway.application import address_file
from lejar.cli.voice import Exit, Problem
from lejar.gateways.rest import pass_
from lejar.gateways.rest.mapping import prepared
from lejar.gateways.rest.messages import PrepareRequest
from lejar.kernel import identifiers
from lejar.kernel.codec import encode
from lejar.kernel.envelope import FORMAT, Body, Envelope, Signed, read_body
from lejar.kernel.envelope import PREFIX as SIGNING_PREFIX
from lejar.kernel.failure import Unavailable
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.kernel.signature import sign
from lejar.node.clock import system_clock
from lejar.node.config import Config
from lejar.node.keys import KeyFile

TIMEOUT_SECONDS: Final = 35.0
CATCH_UP_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 0.02
OK: Final = 200
NOT_FOUND: Final = 404
UNPROCESSABLE: Final = 422
ENVELOPE_TYPE: Final = "application/vnd.lejar.envelope"


class Command(msgspec.Struct, frozen=True):
    """A command as a person writes it."""

    command: str
    arguments: dict[str, Any]
    command_id: str | None = None


class HubClient:
    """One hub, over HTTP."""

    def __init__(self, address: str, lang: str = "en") -> None:
        self.address = address.rstrip("/")
        self._http = httpx.Client(
            base_url=self.address,
            timeout=TIMEOUT_SECONDS,
            headers={"Accept-Language": lang},
            trust_env=False,
        )
        self._network: bytes | None = None

    def close(self) -> None:
        """Let connections go."""
        self._http.close()

    @property
    def network(self) -> bytes:
        """The network's id, as the hub says it."""
        if self._network is None:
            self._network = identifiers.read("network", self.get("/v1/status")["network"])
        return self._network

    def prepare(self, command: Command) -> bytes:
        """Give the bytes to sign, after the hub's and our own reading have been found equal."""
        asked: dict[str, Any] = {"command": command.command, "arguments": command.arguments}
        if command.command_id is not None:
            asked["command_id"] = command.command_id
        answer = self._json(self._sent("POST", "/v1/commands/prepare", json=asked))
        body = base64.b64decode(answer["body"])
        self._check(command, body)
        return body

    def submit(self, body: bytes, keys: Iterable[KeyFile]) -> dict[str, Any]:
        """Sign and send; gives the receipt.  A refusal is a `Problem` with its sentence."""
        envelope = signed(body, keys)
        headers = {"Content-Type": ENVELOPE_TYPE}
        answer = self._sent("POST", "/v1/envelopes", content=envelope, headers=headers)
        return self._json(answer)

    def dry_run(self, body: bytes, keys: Iterable[KeyFile]) -> dict[str, Any]:
        """Sign, and ask what would become of it."""
        headers = {"Content-Type": ENVELOPE_TYPE}
        envelope = signed(body, keys)
        return self._json(self._sent("POST", "/v1/dry-runs", content=envelope, headers=headers))

    def ask(self, path: str, question: object, key: KeyFile) -> dict[str, Any]:
        """Ask a question that has a body, as the party of a key."""
        return self._json(self._sent("POST", path, json=question, headers=self._as(key)))

    def get(self, path: str, key: KeyFile | None = None) -> dict[str, Any]:
        """Read JSON; with a key, as its party."""
        return self._json(self._sent("GET", path, headers=self._as(key)))

    def find(self, path: str, key: KeyFile | None = None) -> dict[str, Any] | None:
        """Read JSON; none where there is nothing."""
        answer = self._sent("GET", path, headers=self._as(key))
        return None if answer.status_code == NOT_FOUND else self._json(answer)

    def file(self, path: str, key: KeyFile | None = None) -> bytes:
        """Read a file's bytes."""
        answer = self._sent("GET", path, headers=self._as(key))
        if answer.status_code != OK:
            self._json(answer)
        return answer.content

    def wait_for(self, entry: int) -> None:
        """Wait until the read models have been told of an entry."""
        deadline = time.monotonic() + CATCH_UP_SECONDS
        while self.get("/v1/status")["as_at"] < entry:
            if time.monotonic() > deadline:
                raise Unavailable("The read models are behind and do not catch up.")
            time.sleep(LOOK_SECONDS)

    def pass_for(self, key: KeyFile, hours: int = 1) -> str:
        """Make a pass: how a reader proves which party it is."""
        until = system_clock() + hours * MICROS_PER_HOUR
        return pass_.make(self.network, key.party_id, key.secret, until)

    def _as(self, key: KeyFile | None) -> dict[str, str]:
        return {} if key is None else {"Authorization": f"Bearer {self.pass_for(key)}"}

    def _check(self, command: Command, body: bytes) -> None:
        """See that the bytes say what was asked, by making them here again."""
        shown: Body = read_body(body)
        default = Body(
            FORMAT,
            self.network,
            shown.command_id,
            shown.valid_until,
            shown.salt,
            msgspec.Raw(b""),
        )
        arguments = msgspec.Raw(msgspec.json.encode(command.arguments))
        ours = prepared(PrepareRequest(command.command, arguments), default)
        same_id = command.command_id in (None, identifiers.show("command", shown.command_id))
        if base64.b64decode(ours.body) != body or not same_id:
            raise Problem(
                Exit.NO,
                "The hub's bytes do not say what was asked, so nothing was signed. "
                "It may be of another version than this program.",
            )

    def _sent(
        self,
        method: str,
        path: str,
        *,
        json: object | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        try:
            return self._http.request(
                method, path, json=json, content=content, headers=dict(headers or {})
            )
        except httpx.HTTPError as error:
            raise Unavailable(
                f"The hub at {self.address} does not answer ({type(error).__name__}). "
                "Is it running? `lejar up` starts one."
            ) from None

    def _json(self, answer: httpx.Response) -> dict[str, Any]:
        try:
            body: dict[str, Any] = answer.json()
        except ValueError:
            raise Problem(
                Exit.NO_ANSWER,
                f"{self.address} answered {answer.status_code} and not as a hub does.",
            ) from None
        if answer.is_success:
            return body
        raise refused(body, answer.status_code)


def refused(body: Mapping[str, Any], status: int) -> Problem:
    """Make a problem of a problem document."""
    code = Exit.NO_ANSWER if status in {502, 503, 504} else Exit.NO
    sentence = str(body.get("detail") or body.get("title") or "The hub said no.")
    more = {key: value for key, value in body.items() if key not in {"detail", "type", "title"}}
    return Problem(code, sentence, **more)


def signed(body: bytes, keys: Iterable[KeyFile]) -> bytes:
    """Make an envelope of a body and its signatures."""
    message = SIGNING_PREFIX + body
    made = [
        Signed(key.party_id, bytes.fromhex(key.public), sign(message, key.secret)) for key in keys
    ]
    made.sort(key=lambda one: one.party + one.key)
    return encode(Envelope(body, tuple(made)))


def address_of(config: Config, hub: str | None) -> str:
    """Give the address of the hub to talk to."""
    if hub is not None:
        return hub
    return running_address(config.home) or config.address


def running_address(home: Path) -> str | None:
    """Give the address that the node in a folder says it serves, if it runs."""
    try:
        return address_file(home).read_text(encoding="ascii").strip() or None
    except OSError:
        return None
