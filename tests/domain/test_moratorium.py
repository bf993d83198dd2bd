# SPDX-License-Identifier: Apache-2.0
"""A moratorium that begins with a milestone binds no asset that never reached it."""

import msgspec
import pytest

from lejar.domain.policy.kinds.form import Names
from lejar.domain.policy.kinds.timing import Moratorium, moratorium
from lejar.domain.policy.milestones import MILESTONES, Milestone
from lejar.domain.policy.model import AssetKind, AssetProfile, Movement
from lejar.kernel.draft import Draft
from lejar.kernel.state import State
from lejar.ledger.accounts import Account, Purpose
from lejar.ledger.model import OWNED, Owned

ISSUER, ANN, BEN, SHARES = (name.ljust(16).encode() for name in ("issuer", "ann", "ben", "shares"))
PROFILE = AssetProfile(AssetKind.SECURITY, ISSUER, b"vault", (), None, None)
SALE = Movement(
    SHARES,
    b"from",
    b"to",
    60,
    PROFILE,
    Account(ANN, Purpose.OWN, 0, None),
    Account(BEN, Purpose.OWN, 0, None),
)
WHOLE_LIFE = Moratorium(500_000, "project_completed")
BEGINS = msgspec.structs.replace(WHOLE_LIFE, since="tokens_issued")


def room(spec: Moratorium, *reached: str) -> int | None:
    draft = Draft(State(), b"c" * 16)
    OWNED.put(draft, SHARES + ANN, Owned(100, 0))
    for name in reached:
        MILESTONES.put(draft, SHARES + name.encode(), Milestone(ISSUER, 0, b""))
    return moratorium(spec, Names({}, 0), "my.rule").room(draft, SALE, (SALE,))


@pytest.mark.parametrize(
    ("spec", "reached", "most"),
    [
        (WHOLE_LIFE, (), 50),
        (WHOLE_LIFE, ("project_completed",), None),
        (BEGINS, (), None),
        (BEGINS, ("tokens_issued",), 50),
        (BEGINS, ("tokens_issued", "project_completed"), None),
        (BEGINS, ("project_completed",), None),
    ],
)
def test_it_binds_between_its_milestones(
    spec: Moratorium, reached: tuple[str, ...], most: int | None
) -> None:
    assert room(spec, *reached) == most
