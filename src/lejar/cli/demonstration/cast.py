# SPDX-License-Identifier: Apache-2.0
"""Who takes part, by role: a demonstration has no names of people or firms."""

from dataclasses import dataclass
from typing import Final

from lejar.domain.identity import PartyKind, Power

BANK: Final = "bank"
"""The credential that tells a bank from everybody else."""
MEMBER: Final = "central_bank_account"
"""The credential that a holder of wholesale money needs."""
HOLDER: Final = "eligible_holder"
"""The credential that a holder of the demonstration's paper needs."""


@dataclass(frozen=True, slots=True)
class Role:
    """A part in the demonstration; `powers` only for those the genesis founds."""

    name: str
    en: str
    ms: str
    kind: PartyKind
    powers: tuple[Power, ...] = ()


AGENCIES: Final = (
    Role(
        "sc",
        "Securities Commission",
        "Suruhanjaya Sekuriti",
        PartyKind.AGENCY,
        (
            Power.APPROVE_ISSUES,
            Power.DIRECT,
            Power.GOVERN,
            Power.ISSUE_CREDENTIALS,
            Power.RECOVER_KEYS,
            Power.SET_POLICY,
        ),
    ),
    Role(
        "bnm",
        "Bank Negara Malaysia",
        "Bank Negara Malaysia",
        PartyKind.AGENCY,
        (
            Power.DIRECT,
            Power.GOVERN,
            Power.ISSUE_CREDENTIALS,
            Power.ISSUE_MONEY,
            Power.RECOVER_KEYS,
            Power.SET_POLICY,
        ),
    ),
    Role(
        "digital",
        "Ministry of Digital",
        "Kementerian Digital",
        PartyKind.AGENCY,
        (Power.GOVERN, Power.RECOVER_KEYS, Power.REGISTER_PARTIES),
    ),
)
LHDN: Final = Role("lhdn", "Inland Revenue Board", "Lembaga Hasil Dalam Negeri", PartyKind.AGENCY)
"""It collects the stamp duty, and agrees to the pack, which has rules of its own."""
NODE: Final = Role("node", "The node", "Nod", PartyKind.SYSTEM, (Power.TICK,))
FOUNDERS: Final = (*AGENCIES, LHDN, NODE)

BANKS: Final = (
    Role("bank-one", "Bank One", "Bank Satu", PartyKind.COMPANY),
    Role("bank-two", "Bank Two", "Bank Dua", PartyKind.COMPANY),
)
CLEARING: Final = Role("clearing", "The clearing house", "Rumah penjelasan", PartyKind.COMPANY)
COLLECTORS: Final = (LHDN, CLEARING)
"""Who is paid the duties and fees that a trade brings with it."""
OTHERS: Final = (
    Role("custodian", "The custodian", "Kustodian", PartyKind.COMPANY),
    Role("issuer", "The issuer", "Penerbit", PartyKind.COMPANY),
    Role("investor-one", "Investor one", "Pelabur satu", PartyKind.COMPANY),
    Role("investor-two", "Investor two", "Pelabur dua", PartyKind.PERSON),
    Role("investor-three", "Investor three", "Pelabur tiga", PartyKind.PERSON),
    Role("token-issuer", "The token issuer", "Penerbit token", PartyKind.COMPANY),
    Role("investor-four", "Investor four", "Pelabur empat", PartyKind.PERSON),
    Role("investor-five", "Investor five", "Pelabur lima", PartyKind.PERSON),
)
DOLLARS: Final = Role("dollar-issuer", "The dollar issuer", "Penerbit dolar", PartyKind.COMPANY)
"""It issues the demonstration's dollars: a foreign currency has an issuer of its own."""
DEPOSITORS: Final = (
    Role("depositor-one", "Depositor one", "Pendeposit satu", PartyKind.COMPANY),
    Role("depositor-two", "Depositor two", "Pendeposit dua", PartyKind.COMPANY),
)
"""Each keeps its money as a claim on the bank of the same number."""
REGISTERED: Final = (*BANKS, CLEARING, *OTHERS, DOLLARS, *DEPOSITORS)
EVERYBODY: Final = (*FOUNDERS, *REGISTERED)
HOLDERS: Final = ("issuer", "custodian", "investor-one", "investor-two")
"""Who is vouched for as an eligible holder of the paper."""
INVESTORS: Final = tuple(role.name for role in OTHERS if role.name.startswith("investor-"))
RETAIL: Final = ("investor-three", "investor-five")
"""Retail investors; investor four is an angel, the others are sophisticated or a custodian."""
BANK_OF: Final = {
    "issuer": "bank-one",
    "custodian": "bank-two",
    "investor-one": "bank-two",
    "investor-two": "bank-one",
    "investor-three": "bank-two",
    "token-issuer": "bank-one",
    "investor-four": "bank-two",
    "investor-five": "bank-one",
}


def agency_begins(role: Role) -> str:
    """Begin an English sentence with an agency's or an institution's name."""
    return role.en if role.en.startswith(("Bank ", "The ")) else f"The {role.en}"


def role_of(name: str) -> Role:
    """Find a role by its name."""
    return next(one for one in EVERYBODY if one.name == name)


def second_officer_of(agency: str) -> str:
    """Name the key of an agency's second officer; the first one's has the agency's name."""
    return f"{agency}-second"


def account_of(role: str) -> str:
    """Name the account of a role in the demonstration's memory."""
    return f"{role} account"


def fees_account_of(collector: str) -> str:
    """Name the account on which duties and fees are collected."""
    return f"{collector} fees account"


def own_account_of(role: str) -> str:
    """Name the account in which a bank, or the central bank, keeps what is its own."""
    return f"{role} own account"


def client_account_of(bank: str) -> str:
    """Name a bank's client account."""
    return f"{bank} client account"
