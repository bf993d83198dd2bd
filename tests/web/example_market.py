# SPDX-License-Identifier: Apache-2.0
"""An invented market for looking at the pages: its parties, papers and entries.

The terms are those of a real paper (MYBVO2103476, published by BIX Malaysia); the parties, ids and
entries are made up.
"""

from datetime import date
from hashlib import sha256

from lejar.web.views import (
    AccountRow,
    AffirmationRow,
    Amount,
    AsAt,
    BalanceRow,
    CheckpointView,
    CredentialRow,
    EntryRow,
    EventView,
    Fact,
    FreezeRow,
    HolderRow,
    Holders,
    InstructionRow,
    InstructionView,
    InstrumentRow,
    InstrumentView,
    KeyRow,
    LegRow,
    Level,
    LifeChart,
    LifeEvent,
    LifeStage,
    Outcome,
    PaidOn,
    PartyRef,
    PartyRow,
    PartyView,
    PaymentRow,
    PostingRow,
    ProofStep,
    ProofView,
    ReceiptView,
    RefusalView,
    Site,
    Source,
    StageRow,
    State,
    Terms,
    ThresholdRow,
    Words,
)


def hexadecimal(seed: str) -> str:
    """Return a digest made of nothing but a seed."""
    return sha256(seed.encode()).hexdigest()


def made_id(prefix: str, seed: str) -> str:
    """Return an id of the right shape: prefix and 26 base32 letters."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    return f"{prefix}_{''.join(letters[byte % 32] for byte in sha256(seed.encode()).digest()[:26])}"


SITE = Site(
    name="Lejar",
    network="net_5k2pz3q7xw4h",
    version="0.1.0",
    is_demonstration=True,
    live_source="/events",
)
AT = 1_795_489_200_123_456
SECOND = 1_000_000
AS_AT = AsAt(entry=1_204_331, at=AT)

CENTRAL_BANK = PartyRef(made_id("party", "central bank"), "Central Bank (demonstration)")
REGULATOR = PartyRef(made_id("party", "regulator"), "Securities Regulator (demonstration)")
BANK_A = PartyRef(made_id("party", "bank a"), "Bank Angsana")
BANK_B = PartyRef(made_id("party", "bank b"), "Bank Bakau")
CUSTODIAN = PartyRef(made_id("party", "custodian"), "Kustodian Cengal")
ISSUER = PartyRef(made_id("party", "issuer"), "ARSB (demonstration issuer)")
INVESTOR = PartyRef(made_id("party", "investor"), None)

SUKUK_ID = made_id("instr", "sukuk")
SUKUK = "ARSB IMTN 4.050% 15.09.2032"
RECEIPT_ID = made_id("cmd", "receipt")
REFUSED_ID = made_id("cmd", "refused")
INSTRUCTION_ID = made_id("inst", "one")
MYR_ID = made_id("instr", "myr")

COMMANDS = (
    ("settlement.affirm", Outcome.ACCEPTED, None, (BANK_A,)),
    ("settlement.affirm", Outcome.REFUSED, "funds_insufficient", (BANK_B,)),
    ("settlement.instruct", Outcome.ACCEPTED, None, (BANK_A, BANK_B)),
    ("money.issue_money", Outcome.ACCEPTED, None, (CENTRAL_BANK,)),
    ("identity.grant_credential", Outcome.ACCEPTED, None, (REGULATOR,)),
    ("identity.register_party", Outcome.ACCEPTED, None, (ISSUER, CUSTODIAN)),
    ("oversight.freeze", Outcome.ACCEPTED, None, (REGULATOR,)),
    ("accounts.open_account", Outcome.ACCEPTED, None, (CUSTODIAN,)),
    ("identity.rotate_keys", Outcome.ACCEPTED, None, (INVESTOR,)),
    ("calendar.tick", Outcome.ACCEPTED, None, ()),
)
ROWS = tuple(
    EntryRow(
        number=AS_AT.entry - place,
        at=AT - place * 7 * SECOND,
        command=command,
        outcome=outcome,
        refusal_code=code,
        signers=signers,
        receipt_id=REFUSED_ID if code else RECEIPT_ID,
    )
    for place, (command, outcome, code, signers) in enumerate(COMMANDS)
)

CHECKPOINT_ROOT = hexadecimal("root")
CHECKPOINT = CheckpointView(
    origin="example.org/lejar/net_5k2pz3q7xw4h",
    size=1_204_331,
    root=CHECKPOINT_ROOT,
    state_root=hexadecimal("state"),
    signers=("example.org/lejar", "example.org/regulator", "example.org/central-bank"),
    text=(
        "example.org/lejar/net_5k2pz3q7xw4h\n1204331\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.org/lejar Az3grnDwLxVFVQk5mWb0Yv6gk0vYx2rQJ3wS0aZ3d6p5nWfQ5o8t1y2u3i4o5p6a7s8"
        "d9f0gAA==\n"
    ),
)
SUKUK_ROW = InstrumentRow(
    instrument_id=SUKUK_ID,
    name=SUKUK,
    kind="sukuk",
    isin="MYBVO2103476",
    issuer=ISSUER,
    rate=40_500,
    matures_on=date(2032, 9, 15),
    outstanding=80_000,
    outstanding_sen=8_000_000_000,
    state=State.LIVE,
)
INSTRUMENTS = (
    SUKUK_ROW,
    InstrumentRow(
        made_id("instr", "bond"),
        "AGEAS 3.950% 07.10.2031",
        "bond",
        "MYBPN2100088",
        ISSUER,
        39_500,
        date(2031, 10, 7),
        1_000_000,
        100_000_000_000,
        State.LIVE,
    ),
    InstrumentRow(
        made_id("instr", "mtn"),
        "7-EMHB MTN 1096D 28.6.2024",
        "bond",
        "MYBUG2102401",
        ISSUER,
        None,
        date(2024, 6, 28),
        0,
        0,
        State.REDEEMED,
    ),
    InstrumentRow(
        MYR_ID,
        "Ringgit, central-bank money",
        "currency",
        None,
        CENTRAL_BANK,
        None,
        None,
        250_000_000_000,
        250_000_000_000,
        State.OPEN,
    ),
)
SECURITIES = Amount(5_000, SUKUK, SUKUK_ID, 500_000_000)
CASH = Amount(501_250_000, "MYR", MYR_ID)
NO_CASH = Amount(0, "MYR", MYR_ID)
WAITS = Words("Needs RM 1,200,000.00 more.", "Memerlukan RM 1,200,000.00 lagi.")
INSTRUCTION_ROW = InstructionRow(
    INSTRUCTION_ID, "dvp", SECURITIES, CASH, date(2026, 11, 24), State.WAITING, WAITS, 1_204_330
)
REFUSAL = RefusalView(
    code="funds_insufficient",
    sentence=Words("The free balance is too small.", "Baki bebas terlalu kecil."),
    rule="free_balance_covers, version 1",
    basis=None,
    remedy=Words(
        "Bring RM 1,200,000.00 more into the account, or wait for the payment that is due.",
        "Masukkan RM 1,200,000.00 lagi ke dalam akaun, atau tunggu bayaran yang akan diterima.",
    ),
    facts=(
        Fact(Words("Asked", "Diminta"), CASH),
        Fact(Words("Free", "Bebas"), Amount(381_250_000, "MYR", MYR_ID)),
    ),
)
TERMS = Terms(
    currency="MYR",
    stock_code="VO210347",
    issuer_name=None,
    principle="islamic",
    rate=40_500,
    accrues_from=date(2021, 9, 15),
    first_payment_on=date(2022, 3, 15),
    matures_on=date(2032, 9, 15),
    payments_a_year=2,
    day_count="ACT/365",
    convention=None,
    ex_days=0,
    redemption_price=100_000_000,
    issue_sen=8_000_000_000,
    unit_nominal_sen=100_000,
    rounding="half up to the sen",
    assumed=("payments_a_year", "day_count", "unit_nominal_sen"),
    source=Source("BIX Malaysia", "https://www.bixmalaysia.com/", "P"),
)


def receipt_accepted() -> ReceiptView:
    """Return a settled DvP's receipt."""
    proof = ProofView(
        receipt_digest=hexadecimal("receipt"),
        leaf_hash=hexadecimal("leaf"),
        index=1_204_330,
        steps=tuple(
            ProofStep("left" if place % 3 else "right", hexadecimal(f"step {place}"))
            for place in range(9)
        ),
        checkpoint=CHECKPOINT,
        leaf_holds=True,
        inclusion_holds=True,
        signature_holds=True,
    )
    minus_units = Amount(-5_000, SUKUK, SUKUK_ID)
    minus_cash = Amount(-501_250_000, "MYR", MYR_ID)
    return ReceiptView(
        as_at=AS_AT,
        receipt_id=RECEIPT_ID,
        number=1_204_331,
        block=88_412,
        at=AT,
        command="settlement.affirm",
        outcome=Outcome.ACCEPTED,
        refusal=None,
        envelope_digest=hexadecimal("envelope"),
        command_id=RECEIPT_ID,
        signers=(BANK_A, BANK_B),
        events=(
            EventView(
                "settlement.instruction_settled",
                (
                    Fact(Words("Instruction", "Arahan"), INSTRUCTION_ID),
                    Fact(Words("Securities", "Sekuriti"), Amount(5_000, SUKUK, SUKUK_ID)),
                    Fact(Words("Cash", "Tunai"), CASH),
                ),
            ),
        ),
        postings=(
            PostingRow(made_id("acct", "b sukuk"), BANK_B, minus_units),
            PostingRow(made_id("acct", "a sukuk"), BANK_A, Amount(5_000, SUKUK, SUKUK_ID)),
            PostingRow(made_id("acct", "a cash"), BANK_A, minus_cash),
            PostingRow(made_id("acct", "b cash"), BANK_B, CASH),
        ),
        proof=proof,
        evidence_href=f"/v1/evidence/{RECEIPT_ID}",
    )


def receipt_refused() -> ReceiptView:
    """Return a refused affirmation's receipt, not yet covered by a checkpoint."""
    return ReceiptView(
        as_at=AS_AT,
        receipt_id=REFUSED_ID,
        number=1_204_330,
        block=88_412,
        at=AT,
        command="settlement.affirm",
        outcome=Outcome.REFUSED,
        refusal=REFUSAL,
        envelope_digest=hexadecimal("refused envelope"),
        command_id=REFUSED_ID,
        signers=(BANK_B,),
        events=(),
        postings=None,
        proof=None,
        evidence_href=None,
    )


def frozen_bank() -> PartyView:
    """Return a bank with a freeze, two keys, a credential and accounts."""
    return PartyView(
        as_at=AS_AT,
        row=PartyRow(BANK_B, "company", ("issue_credentials",), State.FROZEN, 13),
        thresholds=(ThresholdRow("operate", 2), ThresholdRow("administer", 3)),
        keys=(
            KeyRow(hexadecimal("key 1"), ("operate",), 13, None),
            KeyRow(hexadecimal("key 0"), ("operate", "administer"), 13, 1_100_204),
        ),
        credentials=(
            CredentialRow("sophisticated_investor", REGULATOR, AT + SECOND, State.VALID),
            CredentialRow("resident", REGULATOR, None, State.EXPIRED),
        ),
        freezes=(FreezeRow(None, REGULATOR, 1_204_300, None, None),),
        accounts=(
            AccountRow(made_id("acct", "b own"), "own", (BalanceRow(CASH, NO_CASH),)),
            AccountRow(made_id("acct", "b client"), "client", ()),
        ),
        latest=ROWS[:4],
    )


def person() -> PartyView:
    """Return a person as the public sees one."""
    return PartyView(
        as_at=AS_AT,
        row=PartyRow(INVESTOR, "person", (), State.OPEN, 1_204_100),
        thresholds=(ThresholdRow("operate", 1),),
        keys=(KeyRow(hexadecimal("key p"), ("operate",), 1_204_100, None),),
        credentials=(),
        freezes=(),
        accounts=None,
        latest=(),
    )


def sukuk() -> InstrumentView:
    """Return the sukuk in the middle of its life."""
    return InstrumentView(
        AS_AT, SUKUK_ROW, TERMS, sukuk_life(), sukuk_holders(), sukuk_payments(), sukuk_chart()
    )


def sukuk_chart() -> LifeChart:
    """Return what was outstanding since the sukuk came here, and two payments."""
    return LifeChart(
        begins_on=date(2026, 1, 5),
        ends_on=date(2032, 9, 15),
        today=date(2026, 11, 24),
        levels=(Level(date(2026, 1, 5), 8_000_000_000),),
        paid=(
            PaidOn(date(2026, 3, 16), 160_668_493, "profit"),
            PaidOn(date(2026, 9, 15), 163_331_507, "profit"),
        ),
    )


def sukuk_life() -> tuple[LifeEvent, ...]:
    """Return what was, what comes next and what is due."""
    return (
        LifeEvent("issued", date(2021, 9, 15), LifeStage.DONE, 8_000_000_000, None, None),
        LifeEvent("admitted", date(2026, 1, 5), LifeStage.DONE, None, RECEIPT_ID, 34),
        LifeEvent("profit", date(2026, 3, 15), LifeStage.DONE, 160_668_493, RECEIPT_ID, 402_118),
        LifeEvent("profit", date(2026, 9, 15), LifeStage.DONE, 163_331_507, RECEIPT_ID, 1_100_004),
        LifeEvent("profit", date(2027, 3, 15), LifeStage.NEXT, None, None, None),
        LifeEvent("profit", date(2027, 9, 15), LifeStage.DUE, None, None, None),
        LifeEvent("profit_redemption", date(2032, 9, 15), LifeStage.DUE, 8_000_000_000, None, None),
    )


def sukuk_holders() -> Holders:
    """Return two banks and a person."""
    return Holders(
        count=3,
        total=80_000,
        held=5_000,
        rows=(
            HolderRow(made_id("acct", "b sukuk"), BANK_B, 45_000, 40_000, 5_000),
            HolderRow(made_id("acct", "a sukuk"), BANK_A, 34_988, 34_988, 0),
            HolderRow(made_id("acct", "i sukuk"), INVESTOR, 12, 12, 0),
        ),
    )


def sukuk_payments() -> tuple[PaymentRow, ...]:
    """Return payments made, one of them moved from a Sunday, and payments to come."""
    return (
        PaymentRow(
            "profit",
            date(2026, 3, 14),
            date(2026, 3, 15),
            date(2026, 3, 16),
            40_500,
            160_668_493,
            State.PAID,
            RECEIPT_ID,
        ),
        PaymentRow(
            "profit",
            date(2026, 9, 14),
            date(2026, 9, 15),
            date(2026, 9, 15),
            40_500,
            163_331_507,
            State.PAID,
            RECEIPT_ID,
        ),
        PaymentRow(
            "profit",
            date(2027, 3, 14),
            date(2027, 3, 15),
            date(2027, 3, 15),
            40_500,
            None,
            State.SCHEDULED,
            None,
        ),
        PaymentRow(
            "redemption",
            date(2032, 9, 14),
            date(2032, 9, 15),
            date(2032, 9, 15),
            None,
            8_000_000_000,
            State.SCHEDULED,
            None,
        ),
    )


def waiting_instruction() -> InstructionView:
    """Return an instruction that both sides affirmed and that lacks cash."""
    return InstructionView(
        as_at=AS_AT,
        row=INSTRUCTION_ROW,
        legs=(
            LegRow(
                SECURITIES,
                BANK_B,
                made_id("acct", "b sukuk"),
                BANK_A,
                made_id("acct", "a sukuk"),
                State.MATCHED,
            ),
            LegRow(
                CASH,
                BANK_A,
                made_id("acct", "a cash"),
                BANK_B,
                made_id("acct", "b cash"),
                State.WAITING,
            ),
        ),
        affirmations=(
            AffirmationRow(BANK_B, "deliver", AT - 60 * SECOND, 1_204_322, RECEIPT_ID),
            AffirmationRow(BANK_A, "receive", None, None, None),
        ),
        stages=(
            StageRow(State.ALLEGED, LifeStage.DONE, AT - 90 * SECOND, 1_204_310, RECEIPT_ID),
            StageRow(State.MATCHED, LifeStage.NEXT, AT - 60 * SECOND, 1_204_322, RECEIPT_ID),
            StageRow(State.SETTLED, LifeStage.DUE, None, None, None),
        ),
        price=100_250_000,
        cut_off=AT + 3600 * SECOND,
        refusal=None,
    )
