# SPDX-License-Identifier: Apache-2.0
"""Folds of sealed entries into SQL tables, and the questions that pages and REST ask of them.

Writers use `Projector`.  Readers open `Projections`, take a snapshot, and hand it to the functions
of `public`, or of `privileged` when they know that the reader may see it.
"""

from lejar.projections.failures import NotBuilt, OutOfOrder, WrongNetwork
from lejar.projections.paging import Page, Wanted
from lejar.projections.projector import Projector, Sealed
from lejar.projections.snapshot import Projections, Snapshot
from lejar.projections.standing import Standing

__all__ = [
    "NotBuilt",
    "OutOfOrder",
    "Page",
    "Projections",
    "Projector",
    "Sealed",
    "Snapshot",
    "Standing",
    "Wanted",
    "WrongNetwork",
]
