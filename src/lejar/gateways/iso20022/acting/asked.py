# SPDX-License-Identifier: Apache-2.0
"""One transaction of a message as a command of the hub, under an id that follows from its sender.

The same transaction always makes the same command id, so that whatever is sent again, after a crash
or by mistake, the hub orders once.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from lejar.gateways.iso20022.acting.refusals import ChannelRefusal, NotActed
from lejar.gateways.iso20022.acting.session import Gives
from lejar.gateways.iso20022.directory import Directory
from lejar.gateways.iso20022.messages import Party
from lejar.kernel import identifiers
from lejar.kernel.digest import sha256
from lejar.kernel.envelope import Command

_SEED: Final = b"lejar/iso20022/command/1\n"
_NAME_SEED: Final = b"lejar/iso20022/reference/1\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, and the transaction that it comes from."""

    command: Command
    reference: str
    command_id: str
    gives: Gives | None = None


class Instruments(Protocol):
    """What is asked of the hub about its instruments."""

    def currency(self, code: str) -> str | None:
        """Give the one currency of a code; none where there is none, or several."""

    def instrument(self, isin: str) -> str | None:
        """Give the instrument of an ISIN."""

    def nominal(self, asset: str) -> int | None:
        """Give a unit's face amount in ten-thousandths; none where it has no nominal."""


@dataclass(frozen=True, slots=True)
class Names:
    """How messages' words become the hub's ids."""

    directory: Directory
    instruments: Instruments
    network: bytes
    sender: str
    """The hub's id of the party whose channel this is."""

    def account(self, number: str | None, owner: Party) -> bytes:
        """Give an account's id, or say no."""
        found = self.directory.account(number, owner)
        if found is None:
            raise NotActed(ChannelRefusal.ACCOUNT_UNNAMED)
        return identifiers.read("account", found)

    def cash(self, account: bytes) -> bytes:
        """Give where the money of an account's trades is."""
        text = identifiers.show("account", account)
        return identifiers.read("account", self.directory.cash(text))

    def currency(self, code: str) -> bytes:
        """Give a currency's id, or say no."""
        found = self.directory.currency(code) or self.instruments.currency(code)
        if found is None:
            raise NotActed(ChannelRefusal.CURRENCY_UNKNOWN)
        return identifiers.read("asset", found)

    def command_id(self, kind: str, reference: str) -> str:
        """Name a command after its network, its sender and the sender's own reference."""
        named = f"{self.sender}\n{kind}\n{reference}"
        raw = sha256(_SEED + self.network + named.encode())[: identifiers.ID_BYTES]
        return identifiers.show("command", raw)


def uetr_id(uetr: str) -> bytes:
    """Give a UETR as the hub's reference: the sixteen bytes of the UUID."""
    return UUID(uetr).bytes


def uetr_text(raw: bytes) -> str:
    """Give a reference back as a UETR."""
    return str(UUID(bytes=raw))


def name_id(text: str) -> bytes:
    """Give a name that two sides use as the hub's reference: a digest, for the text is theirs."""
    return sha256(_NAME_SEED + text.encode())[: identifiers.ID_BYTES]


def day_of(text: str | None) -> date:
    """Read a day, or say no."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        raise NotActed(ChannelRefusal.DAY_UNREADABLE) from None
