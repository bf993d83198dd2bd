# SPDX-License-Identifier: Apache-2.0
"""Every message that we know can be read by the one verb for it."""

from copy import deepcopy

import pytest
from lxml.etree import fromstring, tostring

from lejar.gateways.iso20022 import check, decode, meaning, typed
from lejar.gateways.iso20022.catalogue import KINDS
from lejar.gateways.iso20022.reading import READERS
from tests.gateways.iso20022.examples import GOOD, good, message


def test_every_message_has_a_reader() -> None:
    assert set(READERS) == set(KINDS)


@pytest.mark.parametrize("name", GOOD)
def test_every_example_means_something(name: str) -> None:
    assert meaning(message(name))


@pytest.mark.parametrize("name", GOOD)
def test_a_message_without_any_one_element_is_wrong_or_still_means_something(name: str) -> None:
    whole = fromstring(good(name).encode())
    for place in range(1, len(list(whole.iter()))):
        lacking = deepcopy(whole)
        found = list(lacking.iter())[place]
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)
        data = tostring(lacking)
        if check(data).rule_valid:
            left = decode(data).message
            assert left is not None
            assert meaning(left)
            assert typed(left).document
