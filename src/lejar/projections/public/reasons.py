# SPDX-License-Identifier: Apache-2.0
"""What a refusal's text needs from the tables: the rule's own sentence, and what things are called.

Nothing here is personal: a rule, an asset's name and the hub's currency are public.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from lejar.kernel.identifiers import ID_BYTES
from lejar.projections.known import CURRENCY, MONEY
from lejar.projections.public.rules import rule_of
from lejar.projections.schema import assets, standing
from lejar.projections.snapshot import Found, Snapshot
from lejar.reference.wording import About, Fact

_IS_ID: Final = re.compile(f"[0-9a-f]{{{2 * ID_BYTES}}}")


def about(snapshot: Snapshot, facts: Mapping[str, Fact], at: int) -> About:
    """Give what a refusal of a moment is about; ids stand in its facts as hexadecimal."""
    pack, rule = facts.get("pack"), facts.get("rule")
    found = None
    if isinstance(pack, str) and isinstance(rule, str):
        found = rule_of(snapshot, pack, rule, at)
    name, is_money = _asset(snapshot, facts.get("asset"))
    offset = snapshot.connection.execute(select(standing.c.offset_minutes)).scalar_one()
    return About(found, name, is_money, currency_code(snapshot), int(offset))


def _asset(snapshot: Snapshot, written: Fact) -> tuple[str | None, bool]:
    if not isinstance(written, str) or not _IS_ID.fullmatch(written):
        return None, False
    c = assets.c
    query = select(c.name, c.code, c.kind).where(c.id == bytes.fromhex(written))
    row = snapshot.connection.execute(query).one_or_none()
    return (None, False) if row is None else (row.name or row.code, row.kind in MONEY)


def currency_code(snapshot: Snapshot) -> str:
    """Give the code of the hub's currency; empty where it has none, or several."""
    found = _currencies(snapshot)
    return str(found[0].code) if len(found) == 1 else ""


def only_currency(snapshot: Snapshot) -> bytes | None:
    """Give the hub's currency; none where it has none, or several."""
    found = _currencies(snapshot)
    return bytes(found[0].id) if len(found) == 1 else None


def _currencies(snapshot: Snapshot) -> Sequence[Found]:
    query = select(assets.c.id, assets.c.code).where(assets.c.kind == CURRENCY).limit(2)
    return snapshot.connection.execute(query).all()
