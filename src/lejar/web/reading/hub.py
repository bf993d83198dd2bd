# SPDX-License-Identifier: Apache-2.0
"""The hub as a whole: the first page, how to check it, and finding a thing by what one typed."""

from typing import Final

from lejar.kernel import identifiers
from lejar.projections.public.figures import figures
from lejar.projections.public.instruments import instruments_page
from lejar.projections.public.search import search
from lejar.proofs.checkpoint import ED25519, VerifierKey
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.formats import SEN_CURRENCY
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page
from lejar.web.reading.entries import latest
from lejar.web.reading.facts import words_for
from lejar.web.reading.instruments import instrument_row
from lejar.web.reading.proofs import Proofs, newest

LATEST_SIZE: Final = 8
INSTRUMENTS_SIZE: Final = 8


def home_view(asked: Asked, proofs: Proofs | None, keys: tuple[VerifierKey, ...]) -> views.HomeView:
    """Give the first page."""
    found = figures(asked.snapshot)
    listed = read_page(
        lambda page: instruments_page(asked.snapshot, wanted=page), Cursor(), INSTRUMENTS_SIZE
    )
    assets = [asked.asset(line.id) for line in listed.rows]
    checked = newest(proofs, keys)
    return views.HomeView(
        as_at=asked.as_at,
        figures=views.HubFigures(
            entries=found.standing.entry,
            refused=found.refused,
            parties=found.parties,
            instruments=found.instruments,
            settled=found.settled,
            money_sen=sum(one.supply for one in found.currencies if one.code == SEN_CURRENCY),
        ),
        latest=latest(asked, LATEST_SIZE),
        instruments=tuple(instrument_row(asked, asset) for asset in assets if asset is not None),
        checkpoint=None if checked is None else checked.view,
    )


def verify_view(
    asked: Asked, proofs: Proofs | None, keys: tuple[VerifierKey, ...]
) -> views.VerifyView:
    """Give what a reader needs to check a receipt without asking the hub."""
    checked = newest(proofs, keys)
    rows = latest(asked, 1)
    example = None
    if rows:
        receipt = asked.receipt(rows[0].number)
        example = None if receipt is None else identifiers.show("command", receipt.command_id)
    return views.VerifyView(
        as_at=asked.as_at,
        checkpoint=None if checked is None else checked.view,
        keys=tuple(
            views.PublishedKey(
                key.name,
                words_for("verify.log" if key.algorithm == ED25519 else "verify.witness", key.name),
                key.text,
            )
            for key in keys
        ),
        example_receipt_id=example,
    )


def address_of(asked: Asked, text: str) -> str | None:
    """Give the address of what somebody typed, when it names one thing that has a page."""
    found = search(asked.snapshot, text).found
    if len(found) != 1:
        return None
    match = found[0]
    if match.entry is not None:
        return f"/receipts/{match.entry}"
    pages = {
        "party": "/parties/",
        "asset": "/instruments/",
        "instruction": "/instructions/",
        "directive": "/directives/",
        "proposal": "/proposals/",
        "command": "/receipts/",
    }
    page = pages.get(match.kind)
    return None if page is None else f"{page}{identifiers.show(match.kind, match.id)}"
