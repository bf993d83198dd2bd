# SPDX-License-Identifier: Apache-2.0
"""Two banks that have opened for business, each with a channel."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.messaging.world import Channel
from tests.gateways.rest.conftest import over_projections
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    OTHER,
    Founded,
    Market,
    issue,
    open_for_business,
)

ISIN: Final = "MYBVO2103476"


@dataclass
class Two:
    """Alfa has a thousand ringgit, Beta nothing."""

    market: Market
    founded: Founded
    alfa: Channel
    beta: Channel
    asset: str = ""

    def fund(self, amount: int) -> None:
        """Give Alfa more, and let the queue be tried."""
        answer = issue(self.market, self.founded.myr, self.founded.account, 7, amount)
        assert answer.status_code == 201, answer.text
        self.tick()

    def list_units(self, number: int) -> None:
        """Let Beta issue units to itself."""
        terms: dict[str, Any] = {
            "issuer": OTHER.text,
            "asset_class": "digital_asset",
            "short_name": "UNITS",
            "isin": ISIN,
            "units_max": None,
            "jurisdictions": ["my"],
            "required": [],
            "holding_max": None,
            "locked_until": None,
            "documents": [],
        }
        created = self.market.send(OTHER, CENTRE, command="instruments.create_units", **terms)
        self.asset = self.market.made(created, "asset")
        given = {"asset": self.asset, "account": self.founded.other, "units": str(number)}
        issued = self.market.send(OTHER, command="instruments.issue_units", **given)
        assert issued.status_code == 201, issued.text

    def units(self) -> tuple[int, int]:
        """What each has of the units."""
        return self._of(self.asset)

    def tick(self) -> None:
        """Let time pass, and due work run."""
        self.market.world.now += 1_000_000
        tick = self.market.send(CENTRE, command="calendar.tick")
        assert tick.status_code == 201, tick.text

    def balances(self) -> tuple[int, int]:
        """What each has of ringgit, in sen."""
        return self._of(self.founded.myr)

    def _of(self, asset: str) -> tuple[int, int]:
        found = []
        for account, owner in ((self.founded.account, BANK), (self.founded.other, OTHER)):
            positions = self.market.get(f"/v1/accounts/{account}", owner).json()["positions"]
            mine = [int(p["total"]) for p in positions if p["asset"] == asset]
            found.append(sum(mine))
        return found[0], found[1]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    with over_projections(tmp_path) as market:
        founded = open_for_business(market)
        alfa = Channel(market, founded, BANK, tmp_path / "alfa.sqlite")
        beta = Channel(market, founded, OTHER, tmp_path / "beta.sqlite")
        yield Two(market, founded, alfa, beta)
        alfa.log.close()
        beta.log.close()
