# SPDX-License-Identifier: Apache-2.0
"""What messages mean, without their XML: what the hub's commands need, and what its answers say.

Amounts are whole smallest units; quantities are whole ten-thousandths of a unit or of face value,
because custodians state fractions. Dates are texts as in ISO 8601; the hub judges them, not this
gateway. A text that was not sent is None.
"""

from enum import StrEnum

import msgspec


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message came from, and where an answer goes."""

    identifier: str
    """Its name and version, as `pacs.008.001.08`."""

    message_id: str
    created_at: str | None = None
    sender: str | None = None
    receiver: str | None = None
    business_id: str | None = None
    possible_duplicate: bool = False
    fingerprint: str = ""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A bank, customer or agent, by whatever identifies it."""

    bic: str | None = None
    lei: str | None = None
    member: str | None = None
    """Its number in a clearing system."""

    name: str | None = None
    other: str | None = None


class CreditTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """One payment of pacs.008 or pacs.009; in the latter debtor and creditor are banks."""

    identifier: str
    message_id: str
    uetr: str
    end_to_end: str
    instruction_id: str | None = None
    transaction_id: str | None = None
    currency: str
    units: int
    settlement_date: str
    method: str
    priority: str | None = None
    charge_bearer: str | None = None
    purpose: str | None = None
    remittance: str | None = None
    debtor: Party = Party()
    debtor_account: str | None = None
    debtor_agent: Party = Party()
    creditor: Party = Party()
    creditor_account: str | None = None
    creditor_agent: Party = Party()
    instructing_agent: Party = Party()
    instructed_agent: Party = Party()

    @property
    def between_banks(self) -> bool:
        """Whether it moves a bank's own money."""
        return self.identifier.startswith("pacs.009")


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """Money that goes back: one transaction of pacs.004."""

    identifier: str
    message_id: str
    return_id: str | None = None
    original: "Original"
    currency: str
    units: int
    settlement_date: str | None = None
    method: str = "CLRG"
    reason: str | None = None
    reason_text: str | None = None
    debtor_agent: Party = Party()
    creditor_agent: Party = Party()


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """Which transaction is meant."""

    uetr: str | None = None
    message_id: str | None = None
    message_name: str | None = None
    instruction_id: str | None = None
    end_to_end: str | None = None
    transaction_id: str | None = None


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one transaction, or of a whole message: a line of pacs.002."""

    original: Original
    code: str
    """RJCT, ACSC (settled), PDNG (waits), ACSP (accepted), CANC."""

    reason: str | None = None
    reason_text: str | None = None
    whole_message: bool = False


class CancellationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A wish to have a payment back: one transaction of camt.056."""

    message_id: str
    case_id: str | None = None
    cancellation_id: str | None = None
    original: Original
    reason: str | None = None
    reason_text: str | None = None


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a wish: a transaction of camt.029."""

    case_id: str | None = None
    original: Original
    confirmation: str
    """CNCL (cancelled), RJCR (not), PDCR (not yet)."""

    reason: str | None = None
    reason_text: str | None = None


class ReportRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A wish for a statement: one request of camt.060."""

    message_id: str
    request_id: str | None = None
    wanted: str
    account: str | None = None
    owner: Party = Party()
    from_date: str | None = None
    to_date: str | None = None


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """A balance of a statement, signed: what is owed to the bank's client is positive."""

    kind: str
    """OPBD, CLBD, ITBD, CLAV and others."""

    currency: str
    units: int
    date: str


class CashEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One movement of a statement, signed: a credit is positive. One for each transaction."""

    reference: str | None = None
    servicer_reference: str | None = None
    currency: str
    units: int
    status: str
    reversal: bool = False
    booking_date: str | None = None
    value_date: str | None = None
    code: str | None = None
    uetr: str | None = None
    end_to_end: str | None = None
    instruction_id: str | None = None
    transaction_id: str | None = None
    text: str | None = None
    line: int = 0


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a bank says of one account: camt.052, camt.053 or camt.054."""

    identifier: str
    message_id: str
    statement_id: str
    sequence: str | None = None
    created_at: str | None = None
    account: str
    account_currency: str | None = None
    owner: Party = Party()
    servicer: Party = Party()
    from_moment: str | None = None
    to_moment: str | None = None
    balances: tuple[Balance, ...] = ()
    entries: tuple[CashEntry, ...] = ()


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """How much of one security an account has, in ten-thousandths."""

    isin: str | None = None
    other_id: str | None = None
    aggregate: int
    available: int | None = None
    face_amount: bool = False
    safekeeping_place: str | None = None
    line: int = 0


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """What a custodian says of one securities account: semt.002."""

    identifier: str
    statement_id: str | None = None
    as_at: str
    account: str
    owner: Party = Party()
    page: int = 1
    last_page: bool = True
    complete: bool = True
    holdings: tuple[Holding, ...] = ()


class Side(StrEnum):
    """What the sender of an instruction does with the securities."""

    DELIVERS = "DELI"
    RECEIVES = "RECE"


class Linkage(msgspec.Struct, frozen=True, kw_only=True):
    """Another instruction that must go before, after or with this one."""

    position: str | None = None
    reference: str


class SecuritiesInstruction(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a settlement: sese.023, or what sese.025 confirms."""

    identifier: str
    reference: str
    common_reference: str | None = None
    side: Side
    against_payment: bool
    isin: str
    quantity: int
    face_amount: bool = False
    account: str
    owner: Party = Party()
    counterparty: Party = Party()
    counterparty_account: str | None = None
    depository: Party = Party()
    counterparty_depository: Party = Party()
    trade_date: str | None = None
    settlement_date: str
    currency: str | None = None
    units: int | None = None
    priority: str | None = None
    partial: str | None = None
    hold: bool = False
    linkages: tuple[Linkage, ...] = ()


class SecuritiesStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an instruction: sese.024."""

    reference: str
    infrastructure_reference: str | None = None
    state: "SecuritiesState"
    reason: str | None = None
    reason_text: str | None = None


class SecuritiesState(StrEnum):
    """The states that the hub reports."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MATCHED = "matched"
    UNMATCHED = "unmatched"
    PENDING = "pending"
    FAILING = "failing"
    CANCELLED = "cancelled"


class CorporateAction(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of an event on a security (seev.031), or its movement of cash (seev.036)."""

    notice_id: str
    event_id: str
    kind: str
    """INTR (interest), REDM (redemption), DVCA (cash dividend) and others of the standard."""

    isin: str
    record_date: str | None = None
    payment_date: str | None = None
    account: str
    balance: int | None = None
    currency: str | None = None
    units: int | None = None
