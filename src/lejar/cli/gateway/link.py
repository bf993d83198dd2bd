# SPDX-License-Identifier: Apache-2.0
"""The writer's link, opened again when the writer has hung up."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from lejar.domain.policy.explain import Answered, Question
from lejar.kernel.entry import Receipt
from lejar.kernel.failure import Unavailable
from lejar.node.link import Link
from lejar.node.wire import Answer, Status

T = TypeVar("T")


class WriterLink:
    """A link that outlives the writer's restarts; belongs to one event loop."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._link: Link | None = None
        self._opening = asyncio.Lock()

    async def submit(self, envelopes: Sequence[tuple[bytes, bytes]]) -> Sequence[Answer]:
        """Hand in (command id, checked envelope) pairs; their answers in the same order.

        Not tried again here: the writer may have ordered them before it hung up.
        """
        link = await self._opened()
        return await self._used(link, link.submit(envelopes))

    async def status(self) -> Status:
        """Ask where the writer stands."""
        return await self._asked(lambda link: link.status())

    async def dry_run(self, envelope: bytes) -> Receipt:
        """Ask what would become of an envelope now."""
        return await self._asked(lambda link: link.dry_run(envelope))

    async def explain(self, question: Question) -> Answered:
        """Ask what the rules allow of a purchase now."""
        return await self._asked(lambda link: link.explain(question))

    async def checkpoint(self) -> str:
        """Ask for a signed checkpoint of this moment."""
        return await self._asked(lambda link: link.checkpoint())

    async def close(self) -> None:
        """Hang up."""
        link, self._link = self._link, None
        if link is not None:
            await link.close()

    async def _asked(self, ask: Callable[[Link], Awaitable[T]]) -> T:
        """Ask a question that changes nothing; once more if the line was dead."""
        link = await self._opened()
        try:
            return await self._used(link, ask(link))
        except Unavailable:
            link = await self._opened()
            return await self._used(link, ask(link))

    async def _opened(self) -> Link:
        async with self._opening:
            if self._link is None:
                self._link = await Link.open(self._home)
            return self._link

    async def _used(self, link: Link, answer: Awaitable[T]) -> T:
        try:
            return await answer
        except Unavailable:
            if self._link is link:
                await self.close()
            raise
