# SPDX-License-Identifier: Apache-2.0
"""Whom and what messages name, and what the hub calls it: a TOML file of the bank's own.

Codes of banks, numbers of accounts and codes of currencies stay outside the hub; only its opaque
ids go in. Ids of the hub are always accepted where a message may carry a proprietary number.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Final, TypeVar

import msgspec

from lejar.gateways.iso20022.identifiers import is_bic, is_iban, is_lei
from lejar.gateways.iso20022.messages import Party
from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.reference.pack_files import PackError, PackFile

ENTRIES_MAX: Final = 100_000
BIC_SHORT: Final = 8
HEAD_OFFICE: Final = "XXX"
"""The length of a BIC without a branch (ISO 9362)."""

PartyText = Annotated[str, msgspec.Meta(pattern=r"\Aparty_[a-z2-7]{26}\Z")]
AccountText = Annotated[str, msgspec.Meta(pattern=r"\Aacct_[a-z2-7]{26}\Z")]
AssetText = Annotated[str, msgspec.Meta(pattern=r"\Ainstr_[a-z2-7]{26}\Z")]
Number = Annotated[str, msgspec.Meta(min_length=1, max_length=35)]


class PartyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A party, and by what messages name it."""

    party: PartyText
    bic: str | None = None
    lei: str | None = None
    member: Number | None = None
    """Its number in a clearing system."""
    account: AccountText | None = None
    """Where it pays and is paid when a message names no account."""


class AccountEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An account, and by what messages name it."""

    account: AccountText
    iban: str | None = None
    other: Number | None = None
    cash: AccountText | None = None
    """Where the money of its trades is, if not on the account itself."""


class CurrencyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which asset a currency's code means, where the hub has several of that code."""

    code: Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{3}\Z")]
    asset: AssetText


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hub: str
    party: Annotated[tuple[PartyEntry, ...], msgspec.Meta(max_length=ENTRIES_MAX)] = ()
    account: Annotated[tuple[AccountEntry, ...], msgspec.Meta(max_length=ENTRIES_MAX)] = ()
    currency: Annotated[tuple[CurrencyEntry, ...], msgspec.Meta(max_length=ENTRIES_MAX)] = ()


Entry = TypeVar("Entry")


class Directory:
    """What one bank's channel knows by name."""

    def __init__(self, written: _File) -> None:
        """Index what was written; `read_directory` has checked it."""
        self.hub = written.hub
        """The BIC under which the hub is addressed, and answers."""
        self._parties = _indexed(
            (name, one) for one in written.party for name in (one.bic, one.lei, one.member)
        )
        self._by_id = {one.party: one for one in reversed(written.party)}
        self._accounts = _indexed(
            (name, one) for one in written.account for name in (one.iban, one.other)
        )
        self._cash = {one.account: one.cash for one in written.account if one.cash is not None}
        self._currencies = {one.code: one.asset for one in written.currency}

    def party(self, named: Party) -> str | None:
        """Give the hub's id of a party that a message names."""
        for name in (named.bic, _head_office(named.bic), named.lei, named.member):
            if name is not None and name in self._parties:
                return self._parties[name].party
        return named.other if _is_id("party", named.other) else None

    def bic(self, party: str) -> str | None:
        """Give a party's BIC."""
        found = self._by_id.get(party)
        return None if found is None else found.bic

    def account(self, number: str | None, owner: Party) -> str | None:
        """Give the hub's id of an account; of none named, where its owner pays and is paid."""
        if number is None:
            party = self.party(owner)
            found = None if party is None else self._by_id.get(party)
            return None if found is None else found.account
        if number in self._accounts:
            return self._accounts[number].account
        return number if _is_id("account", number) else None

    def cash(self, account: str) -> str:
        """Give the account that the money of an account's trades is on."""
        return self._cash.get(account, account)

    def currency(self, code: str) -> str | None:
        """Give the asset of a currency, where the file says it."""
        return self._currencies.get(code)


def read_directory(name: str, text: str) -> Directory:
    """Read a directory; `PackError` names the line of what is wrong with it."""
    file = PackFile(name, text)
    written = file.read(_File)
    _check(file, written)
    return Directory(written)


def _check(file: PackFile, written: _File) -> None:
    _all_fit(file, [("hub", written.hub)], is_bic, "is not a BIC")
    parties = list(enumerate(written.party))
    accounts = list(enumerate(written.account))
    bics = [(f"party.{at}.bic", one.bic) for at, one in parties]
    leis = [(f"party.{at}.lei", one.lei) for at, one in parties]
    members = [(f"party.{at}.member", one.member) for at, one in parties]
    ibans = [(f"account.{at}.iban", one.iban) for at, one in accounts]
    others = [(f"account.{at}.other", one.other) for at, one in accounts]
    _all_fit(file, bics, is_bic, "is not a BIC")
    _all_fit(file, leis, is_lei, "is not an LEI")
    _all_fit(file, ibans, is_iban, "is not an IBAN")
    codes = [(f"currency.{at}.code", one.code) for at, one in enumerate(written.currency)]
    _no_two(file, [*bics, *leis, *members])
    _no_two(file, [*ibans, *others])
    _no_two(file, codes)


def _all_fit(
    file: PackFile,
    named: Iterable[tuple[str, str | None]],
    fits: Callable[[str], bool],
    sentence: str,
) -> None:
    for key, value in named:
        if value is not None and not fits(value):
            raise file.error(key, f"'{value}' {sentence}")


def _no_two(file: PackFile, named: Iterable[tuple[str, str | None]]) -> None:
    """Refuse one name for two things: a payment must not depend on the order of a file."""
    first: dict[str, str] = {}
    for key, value in named:
        if value is None:
            continue
        if value in first:
            raise file.error(key, f"'{value}' stands in this file already, as {first[value]}")
        first[value] = key


def _indexed(pairs: Iterable[tuple[str | None, Entry]]) -> Mapping[str, Entry]:
    return {name: one for name, one in pairs if name is not None}


def _head_office(bic: str | None) -> str | None:
    """Name a bank without its branch, or its head office in full: both are the same bank."""
    if bic is None:
        return None
    if len(bic) == BIC_SHORT:
        return f"{bic}{HEAD_OFFICE}"
    return bic.removesuffix(HEAD_OFFICE) if bic.endswith(HEAD_OFFICE) else None


def _is_id(kind: str, text: str | None) -> bool:
    if text is None:
        return False
    try:
        identifiers.read(kind, text)
    except Malformed:
        return False
    return True


__all__ = ["Directory", "PackError", "read_directory"]
