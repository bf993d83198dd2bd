# SPDX-License-Identifier: Apache-2.0
"""The shape of a fold: what one event changes in the tables.

A fold is given the batch to write to, the receipt that carries the event, and the event.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from lejar.kernel.entry import Receipt
from lejar.kernel.module import Event
from lejar.projections.batch import Batch

Fold: TypeAlias = Callable[[Batch, Receipt, Any], None]
Folds: TypeAlias = tuple[tuple[type[Event], Fold], ...]
