# SPDX-License-Identifier: Apache-2.0
"""Payments between two banks over their channels: what is asked, and what is answered."""

from tests.cli.messaging.conftest import Two
from tests.cli.messaging.world import pacs_009, said


def test_a_payment_between_banks_settles_and_says_so(two: Two) -> None:
    (reply,) = two.alfa.take(pacs_009(1, 2_500))
    (status,) = said(reply)
    assert (status.code, status.reason) == ("ACSC", None)
    assert two.balances() == (97_500, 2_500)
