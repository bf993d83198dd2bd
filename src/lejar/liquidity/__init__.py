# SPDX-License-Identifier: Apache-2.0
"""Liquidity saving outside the core: the best set in free order, and a day to try it on."""

from lejar.liquidity.free import SECONDS, Answer, in_order, settles_freely

__all__ = ["SECONDS", "Answer", "in_order", "settles_freely"]
