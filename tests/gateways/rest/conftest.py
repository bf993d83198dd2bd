# SPDX-License-Identifier: Apache-2.0
"""A hub behind the gateway, fresh for each test or opened once for those that only read."""

import pytest

from tests.gateways.rest import market as hub


@pytest.fixture
def market() -> hub.Market:
    return hub.Market()


@pytest.fixture
def founded(market: hub.Market) -> hub.Founded:
    return hub.open_for_business(market)
