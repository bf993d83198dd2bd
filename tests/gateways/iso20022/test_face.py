# SPDX-License-Identifier: Apache-2.0
"""Every message that we know can be read by the one verb for it."""

import pytest

from lejar.gateways.iso20022 import meaning
from lejar.gateways.iso20022.catalogue import KINDS
from lejar.gateways.iso20022.reading import READERS
from tests.gateways.iso20022.examples import GOOD, message


def test_every_message_has_a_reader() -> None:
    assert set(READERS) == set(KINDS)


@pytest.mark.parametrize("name", GOOD)
def test_every_example_means_something(name: str) -> None:
    assert meaning(message(name))
