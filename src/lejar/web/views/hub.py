# SPDX-License-Identifier: Apache-2.0
"""The hub as a whole: the first page, and how to check it."""

from dataclasses import dataclass

from lejar.web.views.entries import CheckpointView, EntryRow
from lejar.web.views.instruments import InstrumentRow
from lejar.web.views.parts import AsAt, Words


@dataclass(frozen=True, slots=True)
class HubFigures:
    """The numbers the first page opens with."""

    entries: int
    refused: int
    parties: int
    instruments: int
    settled: int
    """Instructions settled."""
    money_sen: int
    """Central-bank money issued and not redeemed."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    as_at: AsAt
    figures: HubFigures
    latest: tuple[EntryRow, ...]
    instruments: tuple[InstrumentRow, ...]
    checkpoint: CheckpointView | None


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key that checkpoints are checked against."""

    name: str
    holder: Words
    text: str
    """C2SP signed-note verifier key: name, key id, key."""


@dataclass(frozen=True, slots=True)
class VerifyView:
    """How to check a receipt without asking the hub."""

    as_at: AsAt
    checkpoint: CheckpointView | None
    keys: tuple[PublishedKey, ...]
    example_receipt_id: str | None
