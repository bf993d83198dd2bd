# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of the commands of identity, accounts, money, instruments.

One function for each command: what speaks against it, then what it changes.  A function raises
`No` before it changes anything.
"""

from collections.abc import Callable
from typing import Any, Final

from lejar.node.simulation.books import (
    BY_HAND,
    AccountPage,
    AssetPage,
    Books,
    Doing,
    Move,
    No,
    Pair,
    PartyPage,
)

Reading = Callable[[Books, Any, Doing], None]

WITNESSES: Final = 2


def register_party(books: Books, command: Any, doing: Doing) -> None:
    """A registrar signs; the keys can act."""
    books.with_power(doing, "register_parties")
    page = _keyring(command)
    doing.accepted()
    books.parties[doing.once("identity.party_registered")[0]] = page


def rotate_keys(books: Books, command: Any, doing: Doing) -> None:
    """The party itself signs."""
    if command.party not in books.parties or command.party not in doing.signers:
        raise No("not the party")
    _replace(books, command, doing, "identity.keys_rotated")


def recover_keys(books: Books, command: Any, doing: Doing) -> None:
    """Two agencies sign."""
    witnesses = [p for p in doing.signers if "recover_keys" in books.powers.get(p, ())]
    if len(witnesses) < WITNESSES or command.party not in books.parties:
        raise No("two witnesses and a party are needed")
    _replace(books, command, doing, "identity.keys_recovered")


def suspend_party(books: Books, command: Any, doing: Doing) -> None:
    """A registrar stops an open party."""
    _set_open(books, command, doing, is_open=False)


def reinstate_party(books: Books, command: Any, doing: Doing) -> None:
    """A registrar lets a suspended party go on."""
    _set_open(books, command, doing, is_open=True)


def grant_credential(books: Books, command: Any, doing: Doing) -> None:
    """An issuer vouches; nobody takes over what another vouches for."""
    issuer = books.with_power(doing, "issue_credentials")
    until = command.expires_at
    if command.subject not in books.parties or (until is not None and until <= doing.at):
        raise No("no such party, or expired already")
    key = (command.subject, command.credential)
    standing = books.credentials.get(key)
    lapsed = standing is None or (standing[1] is not None and standing[1] <= doing.at)
    if standing is not None and not lapsed and standing[0] != issuer:
        raise No("another's credential")
    doing.accepted()
    books.credentials[key] = (issuer, until)


def revoke_credential(books: Books, command: Any, doing: Doing) -> None:
    """Its issuer takes a credential back."""
    books.with_power(doing, "issue_credentials")
    key = (command.subject, command.credential)
    standing = books.credentials.get(key)
    if standing is None or standing[0] not in doing.signers:
        raise No("no such credential, or another's")
    doing.accepted()
    del books.credentials[key]


def open_account(books: Books, command: Any, doing: Doing) -> None:
    """The owner opens; its cash account is a bank's client account."""
    if command.owner not in books.parties or command.owner not in doing.signers:
        raise No("not the owner")
    cash = command.cash_account
    if cash is not None:
        page = books.accounts.get(cash)
        if page is None or page.purpose != "client" or page.cash or page.beneficiary:
            raise No("the cash account is unfit")
    if command.purpose not in BY_HAND:
        raise No("a reserved purpose")
    person = command.beneficiary
    if person is not None:
        if person not in books.parties or person not in doing.signers:
            raise No("the beneficiary has not agreed")
        if person == command.owner or command.purpose not in ("client", "custody"):
            raise No("no account that is kept for another")
    doing.accepted()
    account = doing.once("accounts.account_opened")[0]
    books.accounts[account] = AccountPage(command.owner, str(command.purpose), cash, person)


def grant_authority(books: Books, command: Any, doing: Doing) -> None:
    """The bank of an account's cash signs."""
    bank = _bank(books, command.account, doing)
    doing.accepted()
    books.authorities[command.account] = (bank, command.amount_max)


def withdraw_authority(books: Books, command: Any, doing: Doing) -> None:
    """The bank takes its word back."""
    _bank(books, command.account, doing)
    if command.account not in books.authorities:
        raise No("no authority stands")
    doing.accepted()
    del books.authorities[command.account]


def create_currency(books: Books, command: Any, doing: Doing) -> None:
    """A central bank begins a currency, once."""
    bank = books.with_power(doing, "issue_money")
    if command.code in books.currencies:
        raise No("the currency exists")
    doing.accepted()
    asset, _, _, issuance, *_ = doing.once("money.currency_created")
    books.accounts[issuance] = AccountPage(bank, "issuance", None)
    books.assets[asset] = AssetPage(
        "money", bank, issuance, command.required, None, None, None, "money"
    )
    books.currencies[command.code] = asset


def issue_money(books: Books, command: Any, doing: Doing) -> None:
    """New money goes from the issuance account to a holder's."""
    asset = _money(books, command, doing)
    _holders(books, command.account)
    _primary(books, doing, Move(command.asset, asset.issuance, command.account, command.amount))
    books.references[command.reference] = None


def redeem_money(books: Books, command: Any, doing: Doing) -> None:
    """Money goes back, with the owner's signature."""
    asset = _money(books, command, doing)
    if _holders(books, command.account).owner not in doing.signers:
        raise No("not the owner")
    _primary(books, doing, Move(command.asset, command.account, asset.issuance, command.amount))
    books.references[command.reference] = None


def create_instrument(books: Books, command: Any, doing: Doing) -> None:
    """An issuer brings a paper, another party approves it."""
    _approved(books, command, doing)
    debt = command.terms.debt
    if debt.isin in books.isins:
        raise No("the ISIN is taken")
    doing.accepted()
    told = doing.once("instruments.instrument_created")
    units_max = debt.issue_amount // debt.unit_nominal
    _listed(books, command, (told[0], told[5]), debt.isin, units_max, "bond")


def create_units(books: Books, command: Any, doing: Doing) -> None:
    """The same two bring units that have a largest number and no debt."""
    _approved(books, command, doing)
    if command.isin in books.isins:
        raise No("the ISIN is taken")
    doing.accepted()
    told = doing.once("instruments.units_created")
    _listed(
        books,
        command,
        (told[0], told[6]),
        command.isin,
        command.units_max,
        str(command.asset_class),
    )


def issue_units(books: Books, command: Any, doing: Doing) -> None:
    """New units, up to the issue amount; every run lies within the paper's life."""
    asset = _paper(books, command, doing)
    _holders(books, command.account)
    if asset.units_max is None or books.issued[command.asset] + command.units > asset.units_max:
        raise No("above the issue amount")
    _primary(books, doing, Move(command.asset, asset.issuance, command.account, command.units))
    books.issued[command.asset] += command.units


def retire_units(books: Books, command: Any, doing: Doing) -> None:
    """The issuer ends units of its own."""
    asset = _paper(books, command, doing)
    page = _holders(books, command.account)
    if page.owner != asset.issuer or page.person != asset.issuer:
        raise No("not the issuer's account")
    _primary(books, doing, Move(command.asset, command.account, asset.issuance, command.units))


def tick(books: Books, command: Any, doing: Doing) -> None:
    """The node's own party signs; nothing changes."""
    books.with_power(doing, "tick")
    doing.accepted()


def advance_time(books: Books, command: Any, doing: Doing) -> None:
    """Only a demonstration can; this is none."""
    raise No("not a demonstration")


READINGS: Final[dict[str, Reading]] = {
    "identity.register_party": register_party,
    "identity.rotate_keys": rotate_keys,
    "identity.recover_keys": recover_keys,
    "identity.suspend_party": suspend_party,
    "identity.reinstate_party": reinstate_party,
    "identity.grant_credential": grant_credential,
    "identity.revoke_credential": revoke_credential,
    "accounts.open_account": open_account,
    "accounts.grant_authority": grant_authority,
    "accounts.withdraw_authority": withdraw_authority,
    "money.create_currency": create_currency,
    "money.issue_money": issue_money,
    "money.redeem_money": redeem_money,
    "instruments.create_instrument": create_instrument,
    "instruments.create_units": create_units,
    "instruments.issue_units": issue_units,
    "instruments.retire_units": retire_units,
    "calendar.tick": tick,
    "calendar.advance_time": advance_time,
}


def _keyring(command: Any) -> PartyPage:
    keys = {key.public: tuple(str(role) for role in key.roles) for key in command.keys}
    thresholds = {str(one.role): one.keys for one in command.thresholds}
    if len(keys) != len(command.keys) or len(thresholds) != len(command.thresholds):
        raise No("something is named twice")
    for role in ("operate", "administer"):
        if sum(role in roles for roles in keys.values()) < thresholds.get(role, 1):
            raise No("too few keys")
    return PartyPage(keys, thresholds)


def _replace(books: Books, command: Any, doing: Doing, event: str) -> None:
    page = _keyring(command)
    doing.accepted()
    old = books.parties[command.party]
    page.is_open, page.version = old.is_open, old.version + 1
    books.parties[command.party] = page
    if doing.once(event)[:2] != [command.party, page.version]:
        raise No(f"{event} names another party or version")


def _set_open(books: Books, command: Any, doing: Doing, *, is_open: bool) -> None:
    books.with_power(doing, "register_parties")
    page = books.parties.get(command.party)
    if page is None or page.is_open is is_open:
        raise No("no such party, or so already")
    doing.accepted()
    page.is_open = is_open


def _bank(books: Books, account: bytes, doing: Doing) -> bytes:
    page = books.accounts.get(account)
    if page is None or page.cash is None:
        raise No("no such account, or without a bank")
    bank = books.accounts[page.cash].owner
    if bank not in doing.signers:
        raise No("another's client")
    return bank


def _holders(books: Books, account: bytes) -> AccountPage:
    page = books.accounts.get(account)
    if page is None or page.purpose == "issuance":
        raise No("no account of a holder")
    return page


def _money(books: Books, command: Any, doing: Doing) -> AssetPage:
    asset = books.assets.get(command.asset)
    if asset is None or not asset.is_money or asset.issuer not in doing.signers:
        raise No("no money of the signer's")
    if command.reference in books.references:
        raise No("the reference was used")
    return asset


def _approved(books: Books, command: Any, doing: Doing) -> None:
    if command.issuer not in doing.signers:
        raise No("not the issuer")
    if not any(
        one != command.issuer and "approve_issues" in books.powers.get(one, ())
        for one in doing.signers
    ):
        raise No("nobody approved")


def _listed(books: Books, command: Any, made: Pair, isin: str, units_max: int, sort: str) -> None:
    asset, issuance = made
    books.accounts[issuance] = AccountPage(command.issuer, "issuance", None)
    books.isins[isin] = asset
    books.issued[asset] = 0
    books.assets[asset] = AssetPage(
        "security",
        command.issuer,
        issuance,
        command.required,
        command.holding_max,
        command.locked_until,
        units_max,
        sort,
    )


def _paper(books: Books, command: Any, doing: Doing) -> AssetPage:
    asset = books.assets.get(command.asset)
    if asset is None or asset.is_money or asset.issuer not in doing.signers:
        raise No("no paper of the signer's")
    return asset


def _primary(books: Books, doing: Doing, move: Move) -> None:
    books.check([move], doing.at, holders=False)
    doing.accepted()
    books.post(doing, [move])
