# SPDX-License-Identifier: Apache-2.0
"""Liquidity saving as arithmetic: which of the things that wait can settle together."""

from lejar.domain.settlement.saving.explain import Lack, Why, explain
from lejar.domain.settlement.saving.order import is_in_order, settles_in_order
from lejar.domain.settlement.saving.pool import Item
from lejar.domain.settlement.saving.verify import first_broken_link, shortfalls, worth

__all__ = [
    "Item",
    "Lack",
    "Why",
    "explain",
    "first_broken_link",
    "is_in_order",
    "settles_in_order",
    "shortfalls",
    "worth",
]
