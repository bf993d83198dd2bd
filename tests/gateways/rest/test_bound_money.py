# SPDX-License-Identifier: Apache-2.0
"""Purpose-bound money is told to who bound it and who spends it, and to nobody else."""

from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    OTHER,
    Market,
    open_for_business,
)

UNTIL = "2027-01-31T00:00:00.000000Z"


def test_payer_holder_and_supervisors_read_what_is_left(projected: Market) -> None:
    founded = open_for_business(projected)
    bound = projected.send(
        BANK,
        command="money.bind_money",
        account=founded.account,
        currency=founded.myr,
        amount="60000",
        holder=CITIZEN.text,
        receivers=[OTHER.text],
        credential=None,
        purpose="GOVT",
        until=UNTIL,
    )
    assert bound.status_code == 201, bound.text
    envelope = projected.made(bound, "envelope")
    address = f"/v1/purpose-bound/{envelope}"
    read = projected.get(address, CITIZEN).json()
    assert (read["amount"], read["left"], read["stage"]) == ("60000", "60000", "open")
    assert (read["owner"], read["holder"]) == (BANK.text, CITIZEN.text)
    assert (read["receivers"], read["until"]) == ([OTHER.text], UNTIL)
    spent = projected.send(
        CITIZEN,
        command="money.spend_bound",
        envelope=envelope,
        account=founded.other,
        amount="60000",
        purpose="GOVT",
    )
    assert spent.status_code == 201, spent.text
    for reader in (BANK, CITIZEN, CENTRE):
        read = projected.get(address, reader).json()
        assert (read["left"], read["stage"]) == ("0", "spent")
    assert projected.get(address, OTHER).status_code == 404
    assert projected.get(address).status_code == 401
