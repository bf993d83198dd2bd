# SPDX-License-Identifier: Apache-2.0
"""The hub as one bank's channel sees it: sending with the bank's key, and looking things up."""

import base64
from typing import Any, Final, Protocol

import msgspec

from lejar.cli import client
from lejar.cli.reconciling import rows
from lejar.cli.voice import Exit, Problem
from lejar.gateways.iso20022.acting.asked import Asked
from lejar.gateways.iso20022.acting.outcomes import standing_of_entry, standing_of_receipt
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal
from lejar.gateways.iso20022.acting.session import OPEN, Standing, State, Transaction, channel_no
from lejar.gateways.iso20022.currencies import DECIMALS
from lejar.gateways.iso20022.rules.securities import QUANTITY_DECIMALS
from lejar.gateways.rest.codec import form_of
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.envelope import Command
from lejar.kernel.failure import Unavailable
from lejar.node.keys import KeyFile

CURRENCY: Final = "currency"
SHORT: Final = "funds_insufficient"
ORDERED_BEFORE: Final = frozenset({"command_id_taken", "command_duplicate"})


class Hub(Protocol):
    """What a channel asks of a hub: `client.HubClient`, or a test's."""

    @property
    def network(self) -> bytes:
        """The network's id."""

    def prepare(self, command: client.Command) -> bytes:
        """Give the bytes to sign, checked."""

    def submit(self, body: bytes, keys: list[KeyFile]) -> dict[str, Any]:
        """Sign and send; gives the receipt."""

    def dry_run(self, body: bytes, keys: list[KeyFile]) -> dict[str, Any]:
        """Sign, and ask what would become of it."""

    def get(self, path: str, key: KeyFile | None = None) -> dict[str, Any]:
        """Read JSON."""

    def find(self, path: str, key: KeyFile | None = None) -> dict[str, Any] | None:
        """Read JSON; none where there is nothing."""

    def wait_for(self, entry: int) -> None:
        """Wait until the read models have been told of an entry."""


def written(command: Command, command_id: str) -> client.Command:
    """Write a core command as REST takes it."""
    arguments: dict[str, Any] = form_of(type(command), tagged=False).show(command)
    plain = msgspec.json.decode(msgspec.json.encode(arguments))
    return client.Command(str(type(command).__struct_config__.tag), plain, command_id)


class Counter:
    """Where one bank hands in commands and asks about them."""

    def __init__(self, hub: Hub, key: KeyFile, *, dry: bool = False) -> None:
        self.hub = hub
        self.key = key
        self.dry = dry
        """Whether the hub is only asked what would become of it."""

    def act(self, asked: Asked) -> Standing:
        """Send a command, unless the hub has it; says where it stands by what was sealed."""
        found = self._receipt_of(asked.command_id)
        if found is not None:
            return standing_of_receipt(found, asked.command)
        try:
            body = self.hub.prepare(written(asked.command, asked.command_id))
            if self.dry:
                return _would(self.hub.dry_run(body, [self.key]), asked.command)
            return standing_of_receipt(_read(self.hub.submit(body, [self.key])), asked.command)
        except Problem as problem:
            return self._refused(asked, problem)

    def cancel(self, asked: Asked, instruction: str) -> Standing | None:
        """Ask to cancel; none where the other side must ask too."""
        receipt = self._receipt_of(asked.command_id)
        try:
            if receipt is None:
                body = self.hub.prepare(written(asked.command, asked.command_id))
                receipt = _read(self.hub.submit(body, [self.key]))
        except Problem as problem:
            return self._refused(asked, problem)
        if receipt.refusal is not None:
            return _rejected(receipt.refusal.code, "", receipt.number)
        return standing_of_entry(receipt, instruction)

    def now(self, one: Transaction) -> Transaction:
        """Give a transaction as it stands by what the hub has sealed by now."""
        said = one.standing
        if said.instruction is None or said.entry is None:
            return one
        view = self.hub.find(f"/v1/instructions/{said.instruction}", self.key)
        if view is None or int(view["last"]) <= said.entry:
            return one
        receipt = self.receipt(int(view["last"]))
        later = None if receipt is None else standing_of_entry(receipt, said.instruction)
        return one if later is None else self.placed(one.stands(later))

    def receipt(self, entry: int) -> Receipt | None:
        """Read a sealed entry that concerns this bank."""
        found = self.hub.get(f"/v1/entries/{entry}", self.key)["receipt"]
        return None if found is None else _read(found)

    def placed(self, one: Transaction) -> Transaction:
        """Say of what is missing whether it is missing here, as far as this bank can see."""
        said, gives = one.standing, one.gives
        if gives is None or said.cause != SHORT or said.state not in OPEN:
            return one
        found = self.hub.find(f"/v1/accounts/{gives.account}", self.key)
        if found is None or found["cash_account"] is not None:
            return one
        positions = found["positions"]
        free = next((int(p["free"]) for p in positions if p["asset"] == gives.asset), 0)
        placed = msgspec.structs.replace(said, short_here=free < gives.amount)
        return msgspec.structs.replace(one, standing=placed)

    def accounts(self) -> list[str]:
        """Give the accounts of this bank."""
        found = self.hub.get(f"/v1/parties/{self.key.party}", self.key)
        return list(found["accounts"] or [])

    def _receipt_of(self, command_id: str) -> Receipt | None:
        found = self.hub.find(f"/v1/receipts/{command_id}", self.key)
        return None if found is None or found["receipt"] is None else _read(found["receipt"])

    def _refused(self, asked: Asked, problem: Problem) -> Standing:
        if problem.exit_code is Exit.NO_ANSWER:
            raise Unavailable(problem.sentence) from None
        code, entry = str(problem.more.get("code", "malformed")), problem.more.get("entry")
        if code in ORDERED_BEFORE:
            found = self._caught_up(asked.command_id)
            if found is not None:
                return standing_of_receipt(found, asked.command)
            return channel_no(ChannelRefusal.MESSAGE_DUPLICATE)
        return _rejected(code, problem.sentence, entry if isinstance(entry, int) else None)

    def _caught_up(self, command_id: str) -> Receipt | None:
        """Find what was ordered before: perhaps the read models had not been told of it."""
        self.hub.wait_for(int(self.hub.get("/v1/status")["entry"]))
        return self._receipt_of(command_id)


class HubInstruments:
    """What the hub says of its instruments; read anew when something is not there."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._kinds: dict[str, tuple[str, str | None]] = {}

    def currency(self, code: str) -> str | None:
        """Give the one currency of a code."""
        return self._one(code, is_currency=True)

    def instrument(self, isin: str) -> str | None:
        """Give the instrument of an ISIN."""
        return self._one(isin, is_currency=False)

    def code(self, asset: str) -> str | None:
        """Give a currency's code; none for what is no currency."""
        kind, code = self._kind(asset)
        return code if kind == CURRENCY else None

    def isin(self, asset: str) -> str | None:
        """Give an instrument's ISIN."""
        kind, code = self._kind(asset)
        return None if kind == CURRENCY else code

    def nominal(self, asset: str) -> int | None:
        """Give what one unit is of face amount, in ten-thousandths."""
        terms = self._hub.get(f"/v1/instruments/{asset}")["terms"]
        debt = terms.get("debt") if isinstance(terms, dict) else None
        if not isinstance(debt, dict) or debt.get("currency") not in DECIMALS:
            return None
        smallest = int(debt["unit_nominal"]) * int("1" + "0" * QUANTITY_DECIMALS)
        whole, rest = divmod(smallest, int("1" + "0" * DECIMALS[debt["currency"]]))
        return None if rest else whole

    def _kind(self, asset: str) -> tuple[str, str | None]:
        if asset not in self._kinds:
            self._read_all()
        return self._kinds.get(asset, ("", None))

    def _one(self, code: str, *, is_currency: bool) -> str | None:
        for attempt in range(2):
            if attempt:
                self._read_all()
            found = [
                asset
                for asset, (kind, known) in self._kinds.items()
                if known == code and (kind == CURRENCY) == is_currency
            ]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _read_all(self) -> None:
        for one in rows(self._hub, "/v1/instruments", None):
            self._kinds[one["asset"]] = (one["kind"], one["code"])


def _read(message: dict[str, Any]) -> Receipt:
    receipt: Receipt = read_receipt(base64.b64decode(message["receipt"]))
    return receipt


def _would(answer: dict[str, Any], command: Command) -> Standing:
    problem = answer["problem"]
    if problem is not None:
        return _rejected(problem["code"], problem["detail"], None)
    return standing_of_receipt(_read(answer["receipt"]), command)


def _rejected(code: str, sentence: str, entry: int | None) -> Standing:
    return Standing(state=State.REJECTED, cause=code, sentence=sentence, entry=entry)
