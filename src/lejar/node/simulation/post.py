# SPDX-License-Identifier: Apache-2.0
"""The simulated network: messages are reordered, doubled and lost, in both directions."""

from random import Random
from typing import Generic, TypeVar

M = TypeVar("M")


class Post(Generic[M]):
    """Messages under way in one direction."""

    def __init__(self, random: Random, drop: float, duplicate: float) -> None:
        self.drop = drop
        self.duplicate = duplicate
        self._random = random
        self._under_way: list[M] = []

    def __len__(self) -> int:
        """Give how many are under way."""
        return len(self._under_way)

    def send(self, message: M) -> None:
        """Put a message on its way, or lose it, or double it."""
        if self._random.random() < self.drop:
            return
        self._under_way.append(message)
        if self._random.random() < self.duplicate:
            self._under_way.append(message)

    def arrive(self, at_most: int) -> list[M]:
        """Give some of what is under way, in any order."""
        arrived = []
        for _ in range(min(at_most, len(self._under_way))):
            place = self._random.randrange(len(self._under_way))
            self._under_way[place], self._under_way[-1] = (
                self._under_way[-1],
                self._under_way[place],
            )
            arrived.append(self._under_way.pop())
        return arrived
