# SPDX-License-Identifier: Apache-2.0
"""Every scenario is a test, named by its file and title."""

import pytest

from tests.scenarios.language import Scenario
from tests.scenarios.runner import all_scenarios, played

SCENARIOS = all_scenarios()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[one.name for one in SCENARIOS])
def test_scenario(scenario: Scenario) -> None:
    played(scenario)
