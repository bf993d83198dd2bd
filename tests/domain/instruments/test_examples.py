# SPDX-License-Identifier: Apache-2.0
"""The examples in the docstrings are true."""

import doctest
from types import ModuleType

import pytest

from lejar.domain.instruments import identifiers, rounding, schedule


@pytest.mark.parametrize("module", [identifiers, rounding, schedule])
def test_the_examples_in_a_docstring_come_out(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
