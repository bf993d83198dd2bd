# SPDX-License-Identifier: Apache-2.0
"""How the shipped pack of Malaysia screens companies, and what it asks of sukuk that come."""

import pytest

from lejar.domain.identity import PARTIES, Party, PartyKind, PartyStatus, vouch
from lejar.domain.policy import AssetClass, AssetKind, AssetProfile
from lejar.domain.policy.adopting import name_target
from lejar.domain.policy.book import adopt
from lejar.domain.policy.figures import FIGURES, Figure
from lejar.domain.policy.gate import admit_listing, admit_status
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.refusal import Refused
from lejar.kernel.state import State
from lejar.reference.packs import shipped_pack

COMPANY, SC, STRANGER = (name.ljust(16).encode() for name in ("company", "sc", "stranger"))
NOW = 20_784 * MICROS_PER_DAY
"""27 November 2026."""

SCREENS = {
    "shariah.activities_5_revenue": ("my.shariah.activities_5", 50_000),
    "shariah.activities_5_profit": ("my.shariah.activities_5_profit", 50_000),
    "shariah.activities_20_revenue": ("my.shariah.activities_20", 200_000),
    "shariah.activities_20_profit": ("my.shariah.activities_20_profit", 200_000),
    "shariah.cash_ratio": ("my.shariah.cash_ratio", 330_000),
    "shariah.debt_ratio": ("my.shariah.debt_ratio", 330_000),
}
"""Each figure with the rule that asks it, and the share that it must stay below, in millionths."""
CREDENTIALS = ("issuer.public_image_acceptable", "issuer.shariah_data_filed")
SUKUK = {
    "issuer.shariah_pronouncement": "my.shariah.pronouncement",
    "shariah.adviser": "my.shariah.adviser",
    "issuer.trust_deed": "my.sukuk.trustee",
}


def hub() -> Draft:
    draft = Draft(State(), b"c" * 16)
    draft.at = NOW
    for party in (COMPANY, SC, STRANGER):
        PARTIES.put(draft, party, Party(PartyKind.PERSON, PartyStatus.OPEN, 0, party))
    adopt(draft, shipped_pack("my"), SC)
    name_target(draft, "sc", SC)
    return draft


def record(draft: Draft, name: str, value: int) -> None:
    FIGURES.put(draft, COMPANY + name.encode(), Figure(value, SC, NOW, None, bytes(32)))


def screened() -> Draft:
    """A company whose every share is as high as it may be."""
    draft = hub()
    for name, (_, bound) in SCREENS.items():
        record(draft, name, bound - 1)
    for one in CREDENTIALS:
        vouch(draft, COMPANY, one, SC, None, None)
    return draft


def screen(draft: Draft) -> None:
    admit_status(draft, COMPANY, "shariah.compliant", ("my",))


def list_sukuk(draft: Draft) -> None:
    profile = AssetProfile(
        AssetKind.SECURITY, COMPANY, b"v" * 16, (), None, None, AssetClass.SUKUK, ("my",)
    )
    admit_listing(draft, b"s" * 16, profile)


def test_a_company_below_every_benchmark_is_compliant() -> None:
    screen(screened())


@pytest.mark.parametrize("name", SCREENS)
def test_a_share_that_reaches_its_benchmark_is_too_high(name: str) -> None:
    draft = screened()
    rule, bound = SCREENS[name]
    record(draft, name, bound)
    with pytest.raises(Refused) as refused:
        screen(draft)
    assert refused.value.facts["rule"] == rule


def test_a_company_that_nobody_screened_is_not_compliant() -> None:
    with pytest.raises(Refused):
        screen(hub())


@pytest.mark.parametrize("missing", SUKUK)
@pytest.mark.parametrize("by", [None, STRANGER])
def test_sukuk_come_with_all_that_the_commission_vouches_for(
    missing: str, by: bytes | None
) -> None:
    draft = hub()
    for one in SUKUK:
        issuer = by if one == missing else SC
        if issuer is not None:
            vouch(draft, COMPANY, one, issuer, None, None)
    with pytest.raises(Refused) as refused:
        list_sukuk(draft)
    assert refused.value.facts["rule"] == SUKUK[missing]


def test_sukuk_that_have_everything_come() -> None:
    draft = hub()
    for one in SUKUK:
        vouch(draft, COMPANY, one, SC, None, None)
    list_sukuk(draft)
