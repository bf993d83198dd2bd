# SPDX-License-Identifier: Apache-2.0
"""What a refusal's text needs from the tables: the rule's own sentence, and what things are called.

Nothing here is personal: a rule, an asset's name and the hub's currency are public.
"""

import re
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from lejar.kernel.identifiers import ID_BYTES
from lejar.projections.known import CURRENCY, MONEY
from lejar.projections.public.rules import rule_of
from lejar.projections.schema import assets, standing
from lejar.projections.snapshot import Found, Snapshot
from lejar.reference.wording import CENTS, About, Fact

_COLUMNS: Final = tuple(assets.c[name] for name in ("id", "name", "code", "kind", "decimals"))
_IS_ID: Final = re.compile(f"[0-9a-f]{{{2 * ID_BYTES}}}")


def about(snapshot: Snapshot, facts: Mapping[str, Fact], at: int) -> About:
    """Give what a refusal of a moment is about; ids stand in its facts as hexadecimal."""
    pack, rule = facts.get("pack"), facts.get("rule")
    found = None
    if isinstance(pack, str) and isinstance(rule, str):
        found = rule_of(snapshot, pack, rule, at)
    offset = snapshot.connection.execute(select(standing.c.offset_minutes)).scalar_one()
    asset = _asset(snapshot, facts.get("asset"))
    own = _own_currency(snapshot)
    counted = asset if asset is not None and asset.kind in MONEY else own
    return About(
        found,
        None if asset is None else asset.name or asset.code,
        counted is not None and counted is asset,
        "" if counted is None else counted.code,
        int(offset),
        CENTS if counted is None else counted.decimals,
    )


def _asset(snapshot: Snapshot, written: Fact) -> Found | None:
    if not isinstance(written, str) or not _IS_ID.fullmatch(written):
        return None
    query = select(*_COLUMNS).where(assets.c.id == bytes.fromhex(written))
    return snapshot.connection.execute(query).one_or_none()


def currency_code(snapshot: Snapshot) -> str:
    """Give the code of the hub's own currency; empty where it has none."""
    found = _own_currency(snapshot)
    return "" if found is None else str(found.code)


def own_currency(snapshot: Snapshot) -> bytes | None:
    """Give the hub's own currency, the first that it had; foreign ones come beside it."""
    found = _own_currency(snapshot)
    return None if found is None else bytes(found.id)


def _own_currency(snapshot: Snapshot) -> Found | None:
    query = select(*_COLUMNS).where(assets.c.kind == CURRENCY).order_by(assets.c.entry).limit(1)
    return snapshot.connection.execute(query).one_or_none()
