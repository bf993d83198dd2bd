# SPDX-License-Identifier: Apache-2.0
"""Which credentials a pattern fits, and what is gathered of a party's credentials."""

import pytest

from lejar.domain.identity import CREDENTIALS, EMPTY, HELD, Held, HeldCredential, has, held, matches
from lejar.domain.identity.held import note, rebuild
from lejar.domain.identity.model import Credential
from lejar.kernel.codec import encode
from lejar.kernel.draft import Draft
from lejar.kernel.state import State

PARTY, HUB, BANK = b"p" * 16, b"h" * 16, b"b" * 16
NOON = 1_000


def holding(*types: str, until: int | None = None, issuer: bytes = HUB) -> Held:
    return Held(None, None, {type_: HeldCredential(issuer, 0, until) for type_ in types})


@pytest.mark.parametrize(
    ("pattern", "type_", "fits"),
    [
        ("investor", "investor", True),
        ("investor", "investors", False),
        ("*.kyc.hub", "buyer.kyc.hub", True),
        ("*.kyc.hub", "a.b.kyc.hub", True),
        ("*.kyc.hub", "buyer.xkyc.hub", False),
        ("*.kyc.hub", "kyc.hub", False),
        ("*.kyc.hub", "buyer.kyc.hub.my", False),
        ("*kyc.hub", "buyer.kyc.hub", False),
    ],
)
def test_a_pattern_fits_whole_segments_only(pattern: str, type_: str, *, fits: bool) -> None:
    assert matches(holding(type_), pattern, NOON) is fits


@pytest.mark.parametrize("pattern", ["buyer.kyc", "*.kyc"])
def test_a_pattern_asks_for_the_issuer_and_for_the_moment(pattern: str) -> None:
    of = holding("buyer.kyc", until=NOON)
    assert matches(of, pattern, NOON - 1, (BANK, HUB))
    assert not matches(of, pattern, NOON - 1, (BANK,))
    assert not matches(of, pattern, NOON)


def test_a_type_is_had_until_it_expires() -> None:
    of = holding("investor", until=NOON)
    assert has(of, "investor", NOON - 1)
    assert not has(of, "investor", NOON)
    assert not has(of, "bank", NOON - 1)
    assert has(holding("investor"), "investor", NOON)


def test_who_was_never_vouched_for_holds_nothing() -> None:
    assert held(State(), PARTY) == EMPTY
    assert EMPTY.country_at(NOON) is None


def test_what_is_gathered_by_increments_is_what_is_gathered_anew() -> None:
    state = State()
    draft = Draft(state, b"")
    granted = {
        "investor": Credential(HUB, 1, None, None),
        "country.sg": Credential(BANK, 2, NOON + 5, None),
        "country.my": Credential(HUB, 3, NOON, None),
    }
    for type_, credential in granted.items():
        CREDENTIALS.put(draft, PARTY + type_.encode(), credential)
        note(draft, PARTY, type_, credential)
    state.absorb(draft.writes)
    before = HELD.require(state, PARTY)
    rebuild(state)
    assert encode(HELD.require(state, PARTY)) == encode(before)
    assert before.country_at(NOON + 4) == "sg"
    assert before.country_at(NOON + 5) is None
    assert list(before.by_type) == ["country.my", "country.sg", "investor"]
