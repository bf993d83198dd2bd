# SPDX-License-Identifier: Apache-2.0
"""Passes: who may read as whom, and every way in which a pass does not hold."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.gateways.rest import pass_
from tests.gateways.rest.market import BANK, CENTRE, HOUR, NOW, OTHER, Market

NETWORK = b"n" * 16


def made(valid_until: int = NOW + HOUR) -> str:
    return pass_.make(NETWORK, BANK.party, BANK.seed, valid_until)


def refused(text: str, network: bytes = NETWORK, now: int = NOW) -> str:
    with pytest.raises(pass_.PassRefused) as caught:
        pass_.verify(text, network, now)
    return caught.value.code


def test_a_pass_names_its_party_until_it_ends() -> None:
    shown = pass_.verify(made(), NETWORK, NOW)
    assert shown.party == BANK.party
    assert refused(made(), now=NOW + HOUR) == "pass_expired"


def test_a_pass_is_for_one_network_and_twelve_hours() -> None:
    assert refused(made(), network=b"m" * 16) == "pass_foreign"
    assert refused(made(NOW + 12 * HOUR + 1)) == "pass_too_long"
    assert pass_.verify(made(NOW + 12 * HOUR), NETWORK, NOW).valid_until == NOW + 12 * HOUR


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_does_not_pass(place: int, change: int) -> None:
    text = made()
    data = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    data[place % len(data)] ^= change
    changed = base64.urlsafe_b64encode(bytes(data)).decode().rstrip("=")
    assert refused(changed).startswith("pass_")


@given(st.text(max_size=600))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert refused(text) == "pass_invalid"


@pytest.mark.parametrize("change", ["=", " ", "\n", "A"])
def test_a_pass_has_one_text(change: str) -> None:
    assert refused(made() + change) == "pass_invalid"


def said(market: Market, authorization: str) -> str:
    answer = market.get("/v1/entries", headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="lejar"'
    code: str = answer.json()["code"]
    return code


def test_a_pass_that_does_not_hold_is_refused_even_where_none_is_needed(market: Market) -> None:
    good = market.pass_of(BANK)
    foreign = pass_.make(NETWORK, BANK.party, BANK.seed, NOW + HOUR)
    stolen = pass_.make(market.network, CENTRE.party, BANK.seed, NOW + HOUR)
    unknown = pass_.make(market.network, b"?" * 16, BANK.seed, NOW + HOUR)
    assert said(market, "Basic abc") == "pass_invalid"
    assert said(market, "Bearer") == "pass_invalid"
    assert said(market, f"Bearer {good[:-1]}") == "pass_invalid"
    assert said(market, f"Bearer {foreign}") == "pass_foreign"
    assert said(market, f"Bearer {stolen}") == "pass_key_unknown"
    assert said(market, f"Bearer {unknown}") == "pass_key_unknown"
    market.world.now += 2 * HOUR
    assert said(market, f"Bearer {good}") == "pass_expired"


def test_a_rotated_key_and_a_suspended_party_read_no_more(market: Market) -> None:
    old = {"Authorization": f"Bearer {market.pass_of(BANK)}"}
    other = {"Authorization": f"Bearer {market.pass_of(OTHER)}"}
    key = market.get(f"/v1/parties/{OTHER.text}", OTHER).json()["keys"][0]
    rotated = market.send(
        BANK, command="identity.rotate_keys", party=BANK.text, keys=[key], thresholds=[]
    )
    suspended = market.send(
        CENTRE, command="identity.suspend_party", party=OTHER.text, evidence="ab" * 32
    )
    assert (rotated.status_code, suspended.status_code) == (201, 201)
    for headers in (old, other):
        assert market.get("/v1/entries", headers=headers).json()["code"] == "pass_key_unknown"
