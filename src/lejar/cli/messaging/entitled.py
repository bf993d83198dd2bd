# SPDX-License-Identifier: Apache-2.0
"""What papers pay to a bank's accounts: seev.031 once a part is fixed, seev.036 once it is paid."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lejar.cli.messaging.hub import Counter, HubInstruments
from lejar.cli.messaging.log import Log, Reply, reply_of
from lejar.cli.reconciling import rows
from lejar.gateways.iso20022 import writing
from lejar.gateways.iso20022.messages import CorporateAction
from lejar.gateways.iso20022.rules.securities import QUANTITY_DECIMALS
from lejar.gateways.iso20022.writing import Heading
from lejar.kernel.digest import sha256

MARK: Final = "entitlements"
PAID: Final = frozenset({"paid", "claimed"})
NAME_DIGITS: Final = 16
"""The most that an event's id may have."""


@dataclass(frozen=True, slots=True)
class Entitled:
    """One channel's eye on what its accounts are paid."""

    counter: Counter
    instruments: HubInstruments
    log: Log
    heading: Callable[[str], Heading]
    clock: Callable[[], int]

    def look(self) -> list[Reply]:
        """Tell what was fixed or paid since the last look; the first look only notes where it is.

        Where nothing was sealed since, nothing is read.
        """
        read = self.log.mark(MARK)
        upto = int(self.counter.hub.get("/v1/status")["as_at"])
        if read is not None and upto <= read:
            return []
        told = [] if read is None else list(self._told(read, upto))
        with self.log.at_once():
            for reply in told:
                self.log.answer(reply, self.clock())
            self.log.set_mark(MARK, upto)
        return told

    def _told(self, read: int, upto: int) -> Iterator[Reply]:
        for account in self.counter.accounts():
            path = f"/v1/accounts/{account}/entitlements"
            for row in rows(self.counter.hub, path, self.counter.key):
                if read < int(row["entry"]) <= upto:
                    yield from self._message(row)

    def _message(self, row: Mapping[str, Any]) -> Iterator[Reply]:
        isin, code = self.instruments.isin(row["asset"]), self.instruments.code(row["currency"])
        if isin is None or code is None:
            return
        heading = self.heading(f"{row['account']}{row['payment']}{row['stage']}")
        action = CorporateAction(
            notice_id=heading.message_id[:NAME_DIGITS],
            event_id=_event(row["payment"]),
            kind="REDM" if int(row["principal"]) else "INTR",
            isin=isin,
            record_date=row["record_date"],
            payment_date=row["pays_on"],
            account=row["account"],
            balance=int(row["units"]) * 10**QUANTITY_DECIMALS,
            currency=code,
            units=int(row["income"]) + int(row["principal"]),
        )
        if row["stage"] in PAID:
            yield reply_of("seev.036", heading, writing.movement(heading, action))
        elif row["stage"] == "due":
            yield reply_of("seev.031", heading, writing.notice(heading, action))


def _event(payment: str) -> str:
    """Name a payment in as many characters as a message allows."""
    return sha256(payment.encode()).hex()[:NAME_DIGITS].upper()
