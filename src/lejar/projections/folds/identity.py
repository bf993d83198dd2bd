# SPDX-License-Identifier: Apache-2.0
"""Parties, their keys and credentials."""

import msgspec
from sqlalchemy import update

from lejar.domain.identity import Key, PartyStatus, Threshold
from lejar.domain.identity import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import credentials, parties, party_keys, party_powers


def party_registered(batch: Batch, receipt: Receipt, event: happened.PartyRegistered) -> None:
    """Add a party with its first keys."""
    batch.replace(
        parties,
        {
            "id": event.party,
            "kind": str(event.kind),
            "status": str(PartyStatus.OPEN),
            "registered_at": receipt.at,
            "registrar": event.registrar,
            "keys_version": 1,
            "thresholds": thresholds_json(event.thresholds),
            "entry": receipt.number,
        },
    )
    keys_written(batch, event.party, 1, event.keys, receipt.number)


def keys_replaced(
    batch: Batch, receipt: Receipt, event: happened.KeysRotated | happened.KeysRecovered
) -> None:
    """End the keys that were, and add the new ones."""
    keys = party_keys.c
    standing = (keys.party == event.party) & keys.until_entry.is_(None)
    batch.run(update(party_keys).where(standing).values(until_entry=receipt.number))
    keys_written(batch, event.party, event.version, event.keys, receipt.number)
    changed = {
        "keys_version": event.version,
        "thresholds": thresholds_json(event.thresholds),
    }
    batch.change(parties, (event.party,), changed)


def party_suspended(batch: Batch, _receipt: Receipt, event: happened.PartySuspended) -> None:
    """Mark a party as suspended."""
    batch.change(parties, (event.party,), {"status": str(PartyStatus.SUSPENDED)})


def party_reinstated(batch: Batch, _receipt: Receipt, event: happened.PartyReinstated) -> None:
    """Mark a party as open again."""
    batch.change(parties, (event.party,), {"status": str(PartyStatus.OPEN)})


def power_granted(batch: Batch, receipt: Receipt, event: happened.PowerGranted) -> None:
    """Add a power."""
    row = {"party": event.party, "power": str(event.power), "granted_at": receipt.at}
    batch.replace(party_powers, row)
    batch.concern_party(receipt.number, event.party)


def power_revoked(batch: Batch, receipt: Receipt, event: happened.PowerRevoked) -> None:
    """Remove a power."""
    batch.remove(party_powers, (event.party, str(event.power)))
    batch.concern_party(receipt.number, event.party)


def credential_granted(batch: Batch, receipt: Receipt, event: happened.CredentialGranted) -> None:
    """Add a credential, or renew it."""
    batch.replace(
        credentials,
        {
            "party": event.subject,
            "type": event.credential,
            "issuer": event.issuer,
            "granted_at": receipt.at,
            "expires_at": event.expires_at,
            "revoked_at": None,
            "entry": receipt.number,
        },
    )


def credential_revoked(batch: Batch, receipt: Receipt, event: happened.CredentialRevoked) -> None:
    """Keep a credential that was taken back, marked so."""
    changed = {"revoked_at": receipt.at, "entry": receipt.number}
    batch.change(credentials, (event.subject, event.credential), changed)


def keys_written(
    batch: Batch, party: bytes, version: int, keys: tuple[Key, ...], entry: int
) -> None:
    """Add the keys of one version of a party's key ring."""
    for ordinal, key in enumerate(keys):
        row = {
            "party": party,
            "version": version,
            "ordinal": ordinal,
            "public": key.public,
            "roles": " ".join(key.roles),
            "entry": entry,
            "until_entry": None,
        }
        batch.append(party_keys, row)


def thresholds_json(thresholds: tuple[Threshold, ...]) -> str:
    """Write the thresholds as JSON: how many keys for each role."""
    return msgspec.json.encode({str(one.role): one.keys for one in thresholds}).decode()


FOLDS: Folds = (
    (happened.PartyRegistered, party_registered),
    (happened.KeysRotated, keys_replaced),
    (happened.KeysRecovered, keys_replaced),
    (happened.PartySuspended, party_suspended),
    (happened.PartyReinstated, party_reinstated),
    (happened.PowerGranted, power_granted),
    (happened.PowerRevoked, power_revoked),
    (happened.CredentialGranted, credential_granted),
    (happened.CredentialRevoked, credential_revoked),
)
