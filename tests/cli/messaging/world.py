# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - answers of the hub are JSON
"""Two banks with a channel each, over the real gateway and its read models, in one process."""

from pathlib import Path
from typing import Any, Final, cast

import httpx

from lejar.cli.client import HubClient
from lejar.cli.messaging.bank import Bank
from lejar.cli.messaging.following import Following
from lejar.cli.messaging.hub import Counter
from lejar.cli.messaging.log import Log, Reply
from lejar.domain.identity import Role
from lejar.gateways.iso20022 import Message, check, decode
from lejar.gateways.iso20022.directory import read_directory
from lejar.gateways.iso20022.messages import CreditTransfer, Party
from lejar.gateways.iso20022.reading import meaning
from lejar.gateways.iso20022.writing import Heading, credit_transfer
from lejar.gateways.rest import pass_
from lejar.kernel.signature import public_key_of
from lejar.node.keys import KeyFile
from tests.gateways.iso20022.examples import good
from tests.gateways.rest.market import BANK, HOST, HOUR, OTHER, Actor, Founded, Market

ALFA: Final = "ALFAMYKLXXX"
BETA: Final = "BETAMYKLXXX"
HUB: Final = "HUBLMYKLXXX"
TODAY: Final = "2026-09-21"
LATER: Final = "2026-09-23"
MOMENT: Final = "2026-09-21T22:13:20+08:00"


def uetr(number: int) -> str:
    return f"8a562c67-ca16-48ba-b074-{number:012}"


class InProcess(HubClient):
    """The real client, whose connection is a call and whose clock is the hub's."""

    def __init__(self, market: Market) -> None:
        super().__init__(f"http://{HOST}")
        self._market = market
        self.calls: list[tuple[str, str]] = []
        self.away = False

    def _sent(self, method: str, path: str, **given: Any) -> httpx.Response:
        self.calls.append((method, path))
        given["headers"] = dict(given.get("headers") or {})
        return self._market.call(method, path, **given)

    def pass_for(self, key: KeyFile, hours: int = 1) -> str:
        return pass_.make(
            self.network, key.party_id, key.secret, self._market.world.now + hours * HOUR
        )


def key_of(actor: Actor, name: str) -> KeyFile:
    return KeyFile(
        name=name,
        party=actor.text,
        roles=(Role.OPERATE,),
        public=public_key_of(actor.seed).hex(),
        seed=actor.seed.hex(),
    )


def directory_text(founded: Founded) -> str:
    return f"""
hub = "{HUB}"

[[party]]
party = "{BANK.text}"
bic = "{ALFA}"
account = "{founded.account}"

[[party]]
party = "{OTHER.text}"
bic = "{BETA}"
account = "{founded.other}"
"""


class Channel:
    """A bank's channel, and what its bank receives."""

    def __init__(self, market: Market, founded: Founded, actor: Actor, log: Path) -> None:
        self.hub = InProcess(market)
        self.log = Log(log)
        self.counter = Counter(self.hub, key_of(actor, "bank"))
        directory = read_directory("directory.toml", directory_text(founded))
        self.bank = Bank(self.counter, directory, self.log, lambda: market.world.now)
        self.following = Following(self.bank)

    def posted(self) -> list[str]:
        """What was ordered, as the hub was asked."""
        return [path for method, path in self.hub.calls if path == "/v1/envelopes"]

    def last_events(self) -> list[dict[str, Any]]:
        """The events of the newest entry."""
        status = self.hub.get("/v1/status")
        entry = self.hub.get(f"/v1/entries/{status['entry']}", self.counter.key)
        found: list[dict[str, Any]] = entry["receipt"]["events"]
        return found

    def take(self, data: bytes, **how: bool) -> list[Reply]:
        return self.bank.take(data, **how)


def transfer(number: int, amount: int, **other: Any) -> CreditTransfer:
    given: dict[str, Any] = {
        "identifier": "pacs.009.001.08",
        "message_id": f"M-{number}",
        "uetr": uetr(number),
        "end_to_end": f"E-{number}",
        "currency": "MYR",
        "units": amount,
        "settlement_date": TODAY,
        "method": "CLRG",
        "debtor": Party(bic=ALFA),
        "creditor": Party(bic=BETA),
    }
    return CreditTransfer(**(given | other))


def heading(name: str, sender: str = ALFA, **other: Any) -> Heading:
    return Heading(message_id=name, created_at=MOMENT, sender=sender, receiver=HUB, **other)


def pacs_009(number: int, amount: int, *, sender: str = ALFA, **other: Any) -> bytes:
    if sender == BETA:
        other = {"debtor": Party(bic=BETA), "creditor": Party(bic=ALFA)} | other
    return credit_transfer(heading(f"M-{number}", sender), transfer(number, amount, **other))


def said(reply: Reply) -> Any:
    """Read an answer; whatever the channel writes must be valid."""
    report = check(reply.data)
    assert report.findings == (), report.findings
    return cast("Any", meaning(message_in(reply)))


def message_in(reply: Reply) -> Message:
    message = decode(reply.data).message
    assert message is not None
    return message


def camt_056(number: int, name: str = "C-1") -> bytes:
    """Ask to cancel a payment of Alfa's."""
    written = good("camt.056.001.08")
    for old, new in (
        ("8a562c67-ca16-48ba-b074-65581be6f001", uetr(number)),
        ("ALFA-C-1", name),
        ("BAH-1", name),
    ):
        assert old in written
        written = written.replace(old, new)
    return written.encode()


def camt_060(account: str, day: str, name: str = "Q-1") -> bytes:
    """Ask for a day of an account."""
    written = good("camt.060.001.05")
    for old, new in (
        ("acct_alfa", account),
        ("2026-11-02</FrDt><ToDt>2026-11-02", f"{day}</FrDt><ToDt>{day}"),
        ("ALFA-Q-1", name),
        ("BAH-1", name),
    ):
        assert old in written
        written = written.replace(old, new)
    return written.encode()
