# SPDX-License-Identifier: Apache-2.0
"""The genesis: rows that no entry brought.

The state machine itself is asked what a genesis founds, so that there is one reading of it.
"""

from lejar.assembly import RULEBOOK
from lejar.domain.calendar import calendar
from lejar.domain.consent import REQUIREMENTS
from lejar.domain.identity import CREDENTIALS, KEYRINGS, PARTIES, POWERS
from lejar.kernel.apply import found
from lejar.kernel.codec import encode
from lejar.kernel.genesis import Genesis
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.state import State
from lejar.projections.batch import Batch
from lejar.projections.folds.consent import requirement_row
from lejar.projections.folds.identity import keys_written, thresholds_json
from lejar.projections.queue_schema import settlement_state
from lejar.projections.reconciled_schema import business_calendar
from lejar.projections.schema import (
    credentials,
    parties,
    party_powers,
    requirements,
    standing,
    version,
)


def founded(batch: Batch, genesis: Genesis) -> None:
    """Write the standing at the genesis, and the founding parties."""
    state = State()
    found(RULEBOOK, state, genesis)
    row = {
        "only": 1,
        "version": version(),
        "network": genesis.network,
        "name": genesis.name,
        "kind": genesis.kind,
        "offset_minutes": calendar(state).offset_minutes,
        "entry": 0,
        "block": 0,
        "at": genesis.begins_at,
        "log_root": None,
        "state_root": None,
        "seal": None,
    }
    batch.append(standing, row)
    batch.append(business_calendar, {"only": 1, "data": encode(calendar(state))})
    batch.known.offset_minutes = calendar(state).offset_minutes
    batch.append(settlement_state, _unpaused(state))
    _parties(batch, state)
    _powers_and_credentials(batch, state)
    _requirements(batch, state)


def _unpaused(state: State) -> dict[str, object]:
    """Give the settlement day at the beginning."""
    nothing = dict.fromkeys(
        ("paused_by", "paused_reason", "paused_at", "closed_on", "failed_at_close", "next_day")
    )
    return {"only": 1, "calendar": encode(calendar(state)), **nothing, "entry": 0}


def _parties(batch: Batch, state: State) -> None:
    for party, record in PARTIES.scan(state):
        ring = KEYRINGS.require(state, party)
        row = {
            "id": party,
            "kind": str(record.kind),
            "status": str(record.status),
            "registered_at": record.registered_at,
            "registrar": record.registrar,
            "keys_version": ring.version,
            "thresholds": thresholds_json(ring.thresholds),
            "entry": 0,
        }
        batch.append(parties, row)
        keys_written(batch, party, ring.version, ring.keys, 0)


def _powers_and_credentials(batch: Batch, state: State) -> None:
    for key, granted in POWERS.scan(state):
        power = {"party": key[:ID_BYTES], "power": key[ID_BYTES:].decode()}
        batch.append(party_powers, {**power, "granted_at": granted.granted_at})
    for key, credential in CREDENTIALS.scan(state):
        row = {
            "party": key[:ID_BYTES],
            "type": key[ID_BYTES:].decode(),
            "issuer": credential.issuer,
            "granted_at": credential.granted_at,
            "expires_at": credential.expires_at,
            "revoked_at": None,
            "entry": 0,
        }
        batch.append(credentials, row)


def _requirements(batch: Batch, state: State) -> None:
    for verb, one in REQUIREMENTS.scan(state):
        row = requirement_row(
            verb.decode(), one.owner, one.concurring, one.officers, one.notice_micros, 0
        )
        batch.append(requirements, row)
