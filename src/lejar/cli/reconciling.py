# SPDX-License-Identifier: Apache-2.0
"""Our side of a comparison, read from a hub: the account's entries, and what it had."""

import base64
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import UUID

from lejar.cli.voice import Exit, Problem
from lejar.domain.calendar import Calendar
from lejar.gateways.reconciling.matching import OurEntry
from lejar.gateways.rest.codec import scalars
from lejar.kernel.codec import decode
from lejar.kernel.genesis import Genesis
from lejar.kernel.moment import local_date
from lejar.ledger.accounts import Purpose
from lejar.node.keys import KeyFile

USUAL_OFFSET_MINUTES: Final = 480
"""A hub whose genesis names no calendar keeps Malaysia's."""
UUID_HEX: Final = re.compile(r"[0-9a-f]{32}")
"""A payment's own reference has the bytes of a UETR; outside it is written as one."""
NAMING: Final = ("reference", "instruction", "payment", "directive")
"""Fields of events by which an outside ledger may call an entry."""


class Hub(Protocol):
    """What is read of a hub: `client.HubClient`, or a test's."""

    def get(self, path: str, key: KeyFile | None = None) -> dict[str, Any]:
        """Read JSON as the party of a key."""


@dataclass(frozen=True, slots=True)
class OurSide:
    """A counterpart as its reader sees it."""

    hub: Hub
    key: KeyFile
    counterpart: dict[str, Any]
    offset_minutes: int
    sign: int
    """Minus one for an issuance account: the outside ledger has what that account owes."""

    def entries(self, first: datetime.date, last: datetime.date) -> tuple[OurEntry, ...]:
        """Give what moved on the account from one day to another, the oldest first."""
        found: list[OurEntry] = []
        for movement in self._movements():
            entry = self.hub.get(f"/v1/entries/{movement['entry']}", self.key)
            day = self._day(entry["at"])
            if day < first:
                break
            if day <= last and movement["asset"] == self.counterpart["asset"]:
                amount = self.sign * int(movement["amount"])
                found.append(OurEntry(movement["entry"], references(entry), amount, day))
        return tuple(reversed(found))

    def stood(self, day: datetime.date) -> int | None:
        """Give what the account had when a day ended, as far as the hub has said it."""
        if self.counterpart["closed_on"] == day.isoformat():
            return int(self.counterpart["closing"])
        for one in rows(self.hub, "/v1/reconciliation/statements", self.key):
            mine = one["counterpart"] == self.counterpart["counterpart"]
            if mine and one["day"] == day.isoformat():
                return int(one["ours"])
        return None

    def units(self) -> dict[str, int]:
        """Give the account's units by ISIN, as they stand now; money has none."""
        account = self.hub.get(f"/v1/accounts/{self.counterpart['account']}", self.key)
        found: dict[str, int] = {}
        for position in account["positions"]:
            code = self.isin(position["asset"])
            if code is not None:
                found[code] = self.sign * int(position["total"])
        return found

    def isin(self, asset: str) -> str | None:
        """Give an instrument's ISIN; none for what has none."""
        shown = self.hub.get(f"/v1/instruments/{asset}")
        code: str | None = shown["code"]
        return None if shown["kind"] == "currency" else code

    def breaks(self) -> Iterator[dict[str, Any]]:
        """Walk the counterpart's breaks that are not resolved, the oldest first."""
        for one in rows(self.hub, "/v1/reconciliation/breaks", self.key):
            mine = one["counterpart"] == self.counterpart["counterpart"]
            if mine and one["stage"] != "resolved":
                yield one

    def _movements(self) -> Iterator[dict[str, Any]]:
        return rows(self.hub, f"/v1/accounts/{self.counterpart['account']}/movements", self.key)

    def _day(self, at: str) -> datetime.date:
        moment = scalars.read_moment(datetime.datetime.fromisoformat(at))
        return local_date(moment, self.offset_minutes)


def our_side(hub: Hub, key: KeyFile, named: str) -> OurSide:
    """Find a counterpart among those that a reader may see."""
    for one in rows(hub, "/v1/reconciliation/counterparts", key):
        if one["counterpart"] == named:
            account = hub.get(f"/v1/accounts/{one['account']}", key)
            sign = -1 if account["purpose"] == Purpose.ISSUANCE else 1
            return OurSide(hub, key, one, calendar_offset(hub), sign)
    raise Problem(Exit.NO, f"{named} is no counterpart that this key's party may read.")


def rows(hub: Hub, path: str, key: KeyFile | None) -> Iterator[dict[str, Any]]:
    """Walk a list, page by page."""
    cursor: str | None = None
    while True:
        page = hub.get(path if cursor is None else f"{path}?after={cursor}", key)
        yield from page["items"]
        cursor = page["next"]
        if cursor is None:
            return


def references(entry: dict[str, Any]) -> tuple[str, ...]:
    """Give everything that an outside ledger may call an entry by."""
    receipt = entry["receipt"] or {"events": []}
    named = [
        event[name]
        for event in receipt["events"]
        for name in NAMING
        if isinstance(event.get(name), str)
    ]
    uetrs = [str(UUID(hex=one)) for one in named if UUID_HEX.fullmatch(one)]
    return tuple(dict.fromkeys([*named, *uetrs, entry["command_id"]]))


def calendar_offset(hub: Hub) -> int:
    """Give how far east of UTC the hub's days begin, in minutes."""
    data = base64.b64decode(hub.get("/v1/genesis")["genesis"])
    genesis: Genesis = decode(data, Genesis)
    days = genesis.section("calendar", Calendar)
    return USUAL_OFFSET_MINUTES if days is None else days.offset_minutes
