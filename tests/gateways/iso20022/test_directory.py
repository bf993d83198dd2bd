# SPDX-License-Identifier: Apache-2.0
"""The directory: whom messages name, and what is said of a file that cannot be used."""

from typing import Final

import pytest

from lejar.gateways.iso20022.directory import PackError, read_directory
from lejar.gateways.iso20022.messages import Party
from lejar.kernel import identifiers

ALFA: Final = identifiers.show("party", b"a" * 16)
BETA: Final = identifiers.show("party", b"b" * 16)
OWN: Final = identifiers.show("account", b"1" * 16)
CASH: Final = identifiers.show("account", b"2" * 16)
MYR: Final = identifiers.show("asset", b"m" * 16)
IBAN: Final = "GB33BUKB20201555555555"
LEI: Final = "549300LEJARDEMO00245"

GOOD: Final = f"""hub = "HUBLMYKLXXX"

[[party]]
party = "{ALFA}"
bic = "ALFAMYKLXXX"
lei = "{LEI}"
member = "0227"
account = "{OWN}"

[[party]]
party = "{BETA}"
bic = "BETAMYKL"

[[account]]
account = "{OWN}"
iban = "{IBAN}"
other = "5140-1234"
cash = "{CASH}"

[[currency]]
code = "MYR"
asset = "{MYR}"
"""


def test_parties_are_found_by_whatever_identifies_them() -> None:
    directory = read_directory("d.toml", GOOD)
    for named in (
        Party(bic="ALFAMYKLXXX"),
        Party(bic="ALFAMYKL"),
        Party(lei=LEI),
        Party(member="0227"),
        Party(other=ALFA),
    ):
        assert directory.party(named) == ALFA
    assert directory.party(Party(bic="BETAMYKLXXX")) == BETA
    assert directory.party(Party(bic="GAMAMYKLXXX", name="Alfa", other="0227")) is None
    assert (directory.bic(ALFA), directory.bic("party_x")) == ("ALFAMYKLXXX", None)


def test_accounts_are_found_by_number_by_id_and_by_their_owner() -> None:
    directory = read_directory("d.toml", GOOD)
    for number in (IBAN, "5140-1234", OWN):
        assert directory.account(number, Party()) == OWN
    assert directory.account(None, Party(bic="ALFAMYKLXXX")) == OWN
    assert directory.account(None, Party(bic="BETAMYKLXXX")) is None
    assert directory.account("acct_none", Party(bic="ALFAMYKLXXX")) is None
    assert (directory.cash(OWN), directory.cash(CASH)) == (CASH, CASH)
    assert (directory.currency("MYR"), directory.currency("USD")) == (MYR, None)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("HUBLMYKLXXX", "HUB", 1, "is not a BIC"),
        ("ALFAMYKLXXX", "ALFA", 5, "is not a BIC"),
        (LEI, "549300LEJARDEMO00246", 6, "is not an LEI"),
        (IBAN, "GB33BUKB20201555555556", 16, "is not an IBAN"),
        ("BETAMYKL", "ALFAMYKLXXX", 12, "stands in this file already"),
        ("5140-1234", IBAN, 17, "stands in this file already"),
        (f'"{ALFA}"', '"party_1"', 4, "party"),
        ("member =", "mamber =", 7, "mamber"),
        ('"MYR"', '"RM"', 21, "code"),
        ("[[currency]]", "[[currency", 20, "not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises(PackError) as caught:
        read_directory("d.toml", GOOD.replace(old, new, 1))
    assert said in str(caught.value)
    assert abs((caught.value.line or line) - line) <= 1
