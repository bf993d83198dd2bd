# SPDX-License-Identifier: Apache-2.0
"""The page's read of money, over the projections."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from lejar.web import views
from lejar.web.readers import Reader
from lejar.web.reading import money
from lejar.web.reading.asked import Asked


class MoneyedReads(ABC):
    """`money_pages.MoneyReads` of one node."""

    @abstractmethod
    def _asked(self, reader: Reader | None) -> AbstractContextManager[Asked]:
        """Take a snapshot for a reader's question."""

    def money(self, reader: Reader | None) -> views.MoneyView:
        """Return what exists, and what this reader may know of credits."""
        with self._asked(reader) as asked:
            return money.money_view(asked)
