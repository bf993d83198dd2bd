# SPDX-License-Identifier: Apache-2.0
"""What waits, as the arithmetic sees it.

A *resource* is anything that can run out: the balance of an account in an asset, what is left of a
bilateral or a multilateral limit, a balance less what is reserved. An item *takes* from a resource
where its change is negative. What a resource or an item is called is the caller's affair.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R", bound=Hashable)
"""A resource's name."""
K = TypeVar("K", bound=Hashable)
"""An item's name."""


@dataclass(frozen=True, slots=True)
class Item(Generic[R, K]):
    """Something that waits: one instruction, or several that must settle together."""

    id: K
    changes: tuple[tuple[R, int], ...]
    """Net change of each resource if it settles; each resource once, no zeros."""
    value: int
    """What it is worth, in the smallest unit of money."""
    count: int = 1
    """How many instructions it stands for."""
    after: tuple[K, ...] = ()
    """Items that must settle too, or before, if this one does; a name that waits nowhere blocks."""
