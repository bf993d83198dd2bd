# SPDX-License-Identifier: Apache-2.0
"""What is projected is what is: after any traffic the tables say what the state says."""

import json

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, create_engine, select

from lejar.assembly import MACHINE, MODULES
from lejar.domain import consent, reconciliation, servicing
from lejar.domain.accounts import AUTHORITIES
from lejar.domain.identity import CREDENTIALS, KEYRINGS, PARTIES, POWERS
from lejar.domain.identity.events import PowerGranted, PowerRevoked
from lejar.domain.instruments import INSTRUMENTS, Instrument, PlainUnits
from lejar.domain.instruments.events import InstrumentRedeemed, RegisterClosed
from lejar.domain.money import deposits, intraday, purpose_bound, tiers
from lejar.domain.money.limits.events import AccountLimitSet
from lejar.domain.oversight import DIRECTIVES, Kind
from lejar.domain.policy import FREEZE_ORDERS, PROFILES
from lejar.domain.policy.events import PersonCleared
from lejar.domain.settlement import INSTRUCTIONS
from lejar.domain.settlement.day import settlement_day
from lejar.domain.settlement.events import InstructionPartlySettled, PenaltyCharged
from lejar.domain.settlement.fail_rules import FAIL_RULES
from lejar.domain.settlement.fails import PENALTIES
from lejar.domain.settlement.limits import LIMITS
from lejar.domain.settlement.pool import lines
from lejar.domain.settlement.queue import WAITING
from lejar.domain.settlement.venues import VENUES
from lejar.kernel.codec import encode
from lejar.kernel.entry import read_receipt
from lejar.kernel.state import State
from lejar.ledger.accounts import ACCOUNTS
from lejar.ledger.balances import supply
from lejar.ledger.holds import HOLDS
from lejar.ledger.model import BALANCES
from lejar.projections import Snapshot, queue_schema, schema
from lejar.projections.folds import CHANGES_NOTHING, FOLDS
from lejar.projections.folds.rules import FOLDS as FOLDS_OF_RULES
from lejar.projections.projector import Projector
from lejar.projections.queue import limits_of, pool_of
from lejar.projections.standing import read_standing
from tests.projections.traffic import Traffic

OF_A_PAPERS_LIFE = {RegisterClosed, InstrumentRedeemed, *servicing.MODULE.events}
"""What random traffic does not live to see; `test_servicing.py` lives a whole life."""
OF_MONEY = {*deposits.EVENTS, *purpose_bound.EVENTS, *tiers.EVENTS}
"""What needs banks with depositors: `test_money.py`."""
OF_RULES = {PersonCleared, *(kind for kind, _ in FOLDS_OF_RULES)}
"""What happens where there are packs: `test_rules.py`."""

OF_A_BANKS_DAY = {AccountLimitSet, *intraday.EVENTS}
"""Random traffic draws no liquidity; `test_intraday.py` lives a bank's day."""

OF_CONSENT = {PowerGranted, PowerRevoked, *consent.MODULE.events}
"""What needs several who agree; `test_consent.py` lets them."""

OF_PARTS = {InstructionPartlySettled, PenaltyCharged}
"""Random traffic seldom leaves enough for either; see `test_settling.py`."""

OF_OUTSIDE_LEDGERS = set(reconciliation.MODULE.events)
"""What needs days and two sides; `test_reconciliation.py` lives through all of it."""


def rows(connection: Connection, table: Table, *names: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in connection.execute(select(*(table.c[n] for n in names)))}


def test_every_event_has_a_fold_or_a_reason_why_not() -> None:
    events = {event for module in MODULES for event in module.events}
    assert events == set(FOLDS) | set(CHANGES_NOTHING)
    assert not set(FOLDS) & set(CHANGES_NOTHING)
    assert all(CHANGES_NOTHING.values())


def test_the_random_traffic_meets_every_event() -> None:
    met = set()
    elsewhere = OF_A_PAPERS_LIFE | OF_CONSENT | OF_RULES | OF_OUTSIDE_LEDGERS
    elsewhere |= OF_MONEY | OF_A_BANKS_DAY | OF_PARTS
    for seed in range(6):
        traffic = Traffic(seed)
        traffic.run(500)
        for _, entries in traffic.market.blocks:
            for entry in entries:
                events = read_receipt(entry.receipt).events
                met |= {type(MACHINE.read_event(event)) for event in events}
    assert met | elsewhere == set(FOLDS) | set(CHANGES_NOTHING)


@settings(
    max_examples=12,
    phases=(Phase.reuse, Phase.generate),  # a smaller seed is no simpler: do not shrink
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), at_once=st.integers(1, 60))
def test_after_any_traffic_the_tables_say_what_the_state_says(
    kept_url: str, seed: int, at_once: int
) -> None:
    traffic = Traffic(seed)
    traffic.run(250)
    market = traffic.market
    projector = Projector(kept_url, market.genesis)
    projector.rebuild()
    for _ in projector.catch_up(market.blocks, entries_max=at_once):
        pass
    assert projector.standing.entry == market.state.entry
    projector.close()
    engine = create_engine(kept_url)
    with engine.connect() as connection:
        ledger_agrees(connection, market.state)
        identity_agrees(connection, market.state)
        settlement_agrees(connection, market.state)
        waiting_agrees(connection, market.state)
        oversight_agrees(connection, market.state)
    engine.dispose()


def ledger_agrees(connection: Connection, state: State) -> None:
    balances = rows(connection, schema.balances, "asset", "account", "total", "held")
    assert {row for row in balances if row[2] or row[3]} == {
        (key[:16], key[16:], found.total, found.held) for key, found in BALANCES.scan(state)
    }
    assert rows(
        connection,
        schema.holds,
        "id",
        "asset",
        "account",
        "amount",
        "purpose",
        "owner",
        "expires_at",
    ) == {
        (key, one.asset, one.account, one.amount, one.purpose, one.owner, one.expires_at)
        for key, one in HOLDS.scan(state)
    }
    assert rows(
        connection,
        schema.accounts,
        "id",
        "owner",
        "purpose",
        "opened_at",
        "cash_account",
        "beneficiary",
    ) == {
        (key, one.owner, one.purpose, one.opened_at, one.cash_account, one.beneficiary)
        for key, one in ACCOUNTS.scan(state)
    }
    assert rows(connection, schema.authorities, "account", "bank", "amount_max", "since") == {
        (key, one.bank, one.amount_max, one.since) for key, one in AUTHORITIES.scan(state)
    }
    profiles = dict(PROFILES.scan(state))
    known = rows(connection, schema.assets, "id", "issuer", "issuance_account")
    assert known == {(a, one.issuer, one.issuance_account) for a, one in profiles.items()}
    names = ("id", "kind", "isin", "approver", "issued", "stage")
    papers = rows(connection, schema.assets, *names)
    assert {row for row in papers if row[1] != "currency"} == {
        (asset, profiles[asset].asset_class, isin_of(one), one.approver, one.issued, one.stage)
        for asset, one in INSTRUMENTS.scan(state)
    }
    total = {(row[0], row[1]): row[2] for row in balances}
    for asset, one in PROFILES.scan(state):
        issued = -int(str(total.get((asset, one.issuance_account), 0)))
        assert issued == supply(state, asset, one.issuance_account)


def isin_of(instrument: Instrument) -> str | None:
    terms = instrument.terms
    return terms.isin if isinstance(terms, PlainUnits) else terms.debt.isin


def identity_agrees(connection: Connection, state: State) -> None:
    assert rows(
        connection, schema.parties, "id", "kind", "status", "registered_at", "registrar"
    ) == {
        (key, one.kind, one.status, one.registered_at, one.registrar)
        for key, one in PARTIES.scan(state)
    }
    versions = rows(connection, schema.parties, "id", "keys_version", "thresholds")
    assert versions == {
        (
            key,
            ring.version,
            msgspec.json.encode({t.role: t.keys for t in ring.thresholds}).decode(),
        )
        for key, ring in KEYRINGS.scan(state)
    }
    keys = rows(connection, schema.party_keys, "party", "ordinal", "public", "roles", "until_entry")
    assert {row[:4] for row in keys if row[4] is None} == {
        (party, ordinal, key.public, " ".join(key.roles))
        for party, ring in KEYRINGS.scan(state)
        for ordinal, key in enumerate(ring.keys)
    }
    assert rows(connection, schema.party_powers, "party", "power", "granted_at") == {
        (key[:16], key[16:].decode(), one.granted_at) for key, one in POWERS.scan(state)
    }
    credentials = rows(
        connection,
        schema.credentials,
        "party",
        "type",
        "issuer",
        "granted_at",
        "expires_at",
        "revoked_at",
    )
    assert {row[:5] for row in credentials if row[5] is None} == {
        (key[:16], key[16:].decode(), one.issuer, one.granted_at, one.expires_at)
        for key, one in CREDENTIALS.scan(state)
    }


def oversight_agrees(connection: Connection, state: State) -> None:
    assert rows(connection, schema.freezes, "subject", "directive", "agency", "at") == {
        (key[:16], key[16:], one.by, one.since) for key, one in FREEZE_ORDERS.scan(state)
    }
    told = rows(
        connection,
        schema.directives,
        "id",
        "kind",
        "agency",
        "cited",
        "issued_at",
        "expires_at",
        "stage",
        "appeal",
    )
    stored = list(DIRECTIVES.scan(state))
    assert told == {
        (
            key,
            one.kind,
            one.agency,
            one.basis.cited(),
            one.issued_at,
            one.expires_at,
            one.stage,
            one.appeal,
        )
        for key, one in stored
    }
    assert rows(connection, schema.directive_parties, "directive", "party") == {
        (key, party) for key, one in stored for party in one.concerned
    }
    moved = {key for key, one in stored if one.kind in (Kind.SEIZE, Kind.FORCED_TRANSFER)}
    marked = rows(connection, schema.directed_entries, "directive", "entry")
    assert {row[0] for row in marked} == moved
    posted = rows(connection, schema.postings, "entry")
    assert {(row[1],) for row in marked} <= posted


def settlement_agrees(connection: Connection, state: State) -> None:
    told = rows(connection, schema.instructions, "id", "value_date", "stage", "attempts")
    open_now = {(key, one) for key, one in INSTRUCTIONS.scan(state)}
    assert {row for row in told if row[2] in {"alleged", "matched", "queued", "failed"}} == {
        (key, one.value_date.isoformat(), one.stage, one.attempts) for key, one in open_now
    }
    legs = rows(
        connection,
        schema.instruction_legs,
        "instruction",
        "ordinal",
        "asset",
        "source",
        "target",
        "amount",
    )
    assert {row for row in legs if row[0] in {key for key, _ in open_now}} == {
        (key, place, leg.asset, leg.source, leg.target, leg.amount)
        for key, one in open_now
        for place, leg in enumerate(one.legs)
    }
    parties = rows(
        connection,
        schema.instruction_parties,
        "instruction",
        "party",
        "role",
        "affirmed",
        "cancelling",
    )
    sides = {
        (row[0], row[1]): (row[3] is not None, row[4] is not None)
        for row in parties
        if row[2] == "party"
    }
    known = {one for one, _ in open_now}
    assert {key for key in sides if key[0] in known} == {
        (key, party) for key, one in open_now for party in one.parties
    }
    for key, one in open_now:
        for party in one.parties:
            agreed = (party in one.affirmed, party in one.cancelling)
            assert sides[key, party] == agreed
    assert "" not in {row[2] for row in told}


def waiting_agrees(connection: Connection, state: State) -> None:
    """The queue, its day and what is kept back from it stand as in the state."""
    told = rows(connection, queue_schema.waiting, "place", "record")
    assert told == {(place, encode(one)) for place, one in WAITING.scan(state)}
    snapshot = Snapshot(connection, read_standing(connection))
    assert pool_of(snapshot) == lines(state, {})
    open_now = list(INSTRUCTIONS.scan(state))
    held = {(key, party) for key, one in open_now for party in one.held_by}
    holders = rows(connection, queue_schema.instruction_holders, "instruction", "party")
    known = {key for key, _ in open_now}
    assert {row for row in holders if row[0] in known} == held
    promises = rows(
        connection, queue_schema.instruction_promises, "instruction", "ordinal", "attested"
    )
    assert {row[:2] for row in promises if row[0] in known and row[2] is not None} == {
        (key, number) for key, one in open_now for number in one.attested
    }
    names = ("id", "priority", "buy_in_until", "partial_from")
    terms = rows(connection, schema.instructions, *names)
    assert {row for row in terms if row[0] in known} == {
        (key, one.terms.priority, one.buy_in, one.terms.partial_from) for key, one in open_now
    }
    assert rows(connection, queue_schema.penalties, "instruction", "amount", "days") == {
        (key, one.amount, one.days) for key, one in PENALTIES.scan(state)
    }
    figures = ("asset", "daily_rate", "free_days", "buy_in_after", "buy_in_notice")
    assert rows(connection, queue_schema.fail_rules, *figures) == {
        (key, *msgspec.structs.astuple(one)) for key, one in FAIL_RULES.scan(state)
    }
    venues = rows(connection, queue_schema.venues, "venue", "assets")
    assert venues == {
        (key, json.dumps([asset.hex() for asset in one.assets])) for key, one in VENUES.scan(state)
    }
    limits = {key: (one.to_all, one.to_one) for key, one in LIMITS.scan(state)}
    assert {key: (one.to_all, one.to_one) for key, one in limits_of(snapshot).items()} == limits
    paused = rows(connection, queue_schema.settlement_state, "paused_by")
    assert paused == {(settlement_day(state).paused_by,)}
