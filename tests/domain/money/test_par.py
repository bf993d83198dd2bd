# SPDX-License-Identifier: Apache-2.0
"""A sen in one bank's deposit is a sen in any other's: random payments against a naive book.

The book is two dictionaries: what each customer has, and what each bank has at the central bank.
It knows nothing of claims, legs or entries, and must agree on every answer and every balance.
"""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.money.commands import IssueMoney
from lejar.domain.money.deposits import commands as deposits
from lejar.domain.settlement import OnShortfall
from lejar.domain.settlement.commands import Pay
from lejar.kernel.entry import Receipt
from lejar.kernel.envelope import Command
from lejar.ledger.accounts import Purpose
from lejar.ledger.balances import balance, supply
from tests.scenarios.network import MACHINE
from tests.scenarios.play import Play, Send
from tests.scenarios.runner import market, perform

BANK_OF: Final = {"alice": "alpha", "bob": "beta", "carol": "alpha", "issuer": "beta"}
"""Customers, each with the account in which its bank settles."""
OWNER_OF: Final = {name: name for name in BANK_OF} | {"alpha": "alpha_bank", "beta": "beta_bank"}
FUNDS: Final = 1_000
"""What everybody has to begin with, in sen."""

payments = st.tuples(
    st.sampled_from(sorted(OWNER_OF)),
    st.sampled_from(sorted(OWNER_OF)),
    st.integers(1, 900) | st.sampled_from((FUNDS, FUNDS + 1)),
).filter(lambda payment: payment[0] != payment[1])


class Town:
    """Two banks with two customers each, and the naive book of what they have."""

    def __init__(self) -> None:
        self.play = Play()
        for step in market().steps:
            perform(self.play, step)
        self.play.scope = "par"
        self.claims: dict[str, bytes] = {}
        self.has = dict.fromkeys(OWNER_OF, FUNDS)
        for at, bank in enumerate(("alpha", "beta")):
            self._bank(at, bank)
        for at, customer in enumerate(BANK_OF):
            self._customer(at, customer)

    def send(self, command: Command, *who: str) -> Receipt:
        signers = tuple((self.play.names[name], name) for name in who)
        return self.play.order(self.play.seal(Send(command, signers)))[-1]

    def pay(self, payer: str, payee: str, amount: int) -> bool:
        """Pay through the hub; gives whether it did."""
        source, target = (self._account(side) for side in (payer, payee))
        myr = self.play.names["MYR"]
        command = Pay(myr, source, target, amount, on_shortfall=OnShortfall.REFUSE)
        receipt = self.send(command, OWNER_OF[payer])
        assert receipt.refusal is None or receipt.refusal.code == "funds_insufficient"
        return receipt.refusal is None

    def book(self, payer: str, payee: str, amount: int) -> bool:
        """Pay in the naive book; gives whether it did."""
        pays, gets = BANK_OF.get(payer, payer), BANK_OF.get(payee, payee)
        owes = payer in BANK_OF and self.has[payer] < amount
        if owes or (pays != gets and self.has[pays] < amount):
            return False
        for side, change in ((payer, -amount), (payee, amount)):
            if side in BANK_OF:
                self.has[side] += change
        if pays != gets:
            self.has[pays] -= amount
            self.has[gets] += amount
        return True

    def agrees(self) -> None:
        """Compare every balance with the book, and what banks owe with what customers have."""
        state, names = self.play.state, self.play.names
        for side, has in self.has.items():
            asset = self.claims[BANK_OF[side]] if side in BANK_OF else names["MYR"]
            assert balance(state, asset, self._account(side)).total == has
        for bank, claim in self.claims.items():
            owed = sum(self.has[one] for one, at in BANK_OF.items() if at == bank)
            assert supply(state, claim, names[f"{bank}_owes"]) == owed

    def _account(self, side: str) -> bytes:
        return self.play.names[f"{side}_deposit" if side in BANK_OF else side]

    def _bank(self, at: int, bank: str) -> None:
        names = self.play.names
        funds = IssueMoney(names["MYR"], names[bank], FUNDS, at.to_bytes(16, "big"))
        assert self.send(funds, "bnm").refusal is None
        code = f"MYR{bank.upper()}"
        token = deposits.CreateDepositToken(code, names["MYR"], names[bank], ())
        created = MACHINE.read_event(self.send(token, OWNER_OF[bank]).events[-1])
        self.claims[bank], names[f"{bank}_owes"] = created.asset, created.issuance_account

    def _customer(self, at: int, customer: str) -> None:
        names, bank = self.play.names, BANK_OF[customer]
        opened = self.send(OpenAccount(names[customer], Purpose.OWN, None), customer)
        account = MACHINE.read_event(opened.events[-1]).account
        names[f"{customer}_deposit"] = account
        claim, by = self.claims[bank], OWNER_OF[bank]
        assert self.send(deposits.KeepAsDeposit(account, claim), customer, by).refusal is None
        credit = deposits.IssueDeposit(claim, account, FUNDS, at.to_bytes(16, "big"))
        assert self.send(credit, by).refusal is None


@settings(max_examples=40, deadline=None)
@given(st.lists(payments, max_size=12))
def test_a_deposit_is_worth_what_the_currency_is(made: list[tuple[str, str, int]]) -> None:
    town = Town()
    town.agrees()
    for payer, payee, amount in made:
        assert town.pay(payer, payee, amount) == town.book(payer, payee, amount)
        town.agrees()
