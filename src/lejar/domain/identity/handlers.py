# SPDX-License-Identifier: Apache-2.0
"""What identity's commands do."""

from lejar.domain.identity import commands, events
from lejar.domain.identity.held import note
from lejar.domain.identity.model import (
    CREDENTIALS,
    KEYRINGS,
    PARTIES,
    POWERS,
    Credential,
    Granted,
    KeyRing,
    Party,
    PartyStatus,
    Power,
    has_power,
)
from lejar.domain.identity.refusals import IdentityRefusal
from lejar.domain.identity.rules import (
    country_is_the_only_one,
    keyring_can_act,
    known_party,
    somebody_else_governs,
    two_agencies_witness,
)
from lejar.domain.identity.signers import must_have_signed, signer_with
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused, refuse_if

STATUSES = ("licence.", "investor.")
"""What rules of packs are asked about before it is granted: a module above does it."""


def register_party(draft: Draft, command: commands.RegisterParty) -> None:
    """Create a party under a new id."""
    registrar = signer_with(draft, Power.REGISTER_PARTIES)
    keyring_can_act(command.keys, command.thresholds)
    party = draft.new_id("party")
    PARTIES.put(draft, party, Party(command.kind, PartyStatus.OPEN, draft.at, registrar))
    KEYRINGS.put(draft, party, KeyRing(command.keys, command.thresholds, 1))
    draft.emit(
        events.PartyRegistered(party, command.kind, registrar, command.keys, command.thresholds)
    )


def rotate_keys(draft: Draft, command: commands.RotateKeys) -> None:
    """Put new keys in place of the old."""
    known_party(draft, command.party)
    must_have_signed(draft, command.party)
    version = _replace_keys(draft, command)
    draft.emit(events.KeysRotated(command.party, version, command.keys, command.thresholds))


def recover_keys(draft: Draft, command: commands.RecoverKeys) -> None:
    """Put new keys in place of lost ones; nothing else about the party changes."""
    two_agencies_witness(draft)
    known_party(draft, command.party)
    version = _replace_keys(draft, command)
    draft.emit(
        events.KeysRecovered(
            command.party, version, command.evidence, command.keys, command.thresholds
        )
    )


def _replace_keys(draft: Draft, command: commands.RotateKeys | commands.RecoverKeys) -> int:
    keyring_can_act(command.keys, command.thresholds)
    version = KEYRINGS.require(draft, command.party).version + 1
    KEYRINGS.put(draft, command.party, KeyRing(command.keys, command.thresholds, version))
    return version


def suspend_party(draft: Draft, command: commands.SuspendParty) -> None:
    """Stop a party."""
    _set_status(draft, command.party, PartyStatus.SUSPENDED)
    draft.emit(events.PartySuspended(command.party, command.evidence))


def reinstate_party(draft: Draft, command: commands.ReinstateParty) -> None:
    """Let a party act again."""
    _set_status(draft, command.party, PartyStatus.OPEN)
    draft.emit(events.PartyReinstated(command.party, command.evidence))


def _set_status(draft: Draft, party_id: bytes, status: PartyStatus) -> None:
    signer_with(draft, Power.REGISTER_PARTIES)
    party = known_party(draft, party_id)
    if party.status is status:
        raise Refused(IdentityRefusal.STATUS_ALREADY, party=party_id, status=str(status))
    PARTIES.put(draft, party_id, Party(party.kind, status, party.registered_at, party.registrar))


def grant_power(draft: Draft, command: commands.GrantPower) -> None:
    """Let a party do something to others."""
    granter = signer_with(draft, Power.GOVERN)
    known_party(draft, command.party)
    if has_power(draft, command.party, command.power):
        raise Refused(IdentityRefusal.POWER_ALREADY, party=command.party)
    POWERS.put(draft, command.party + command.power.encode(), Granted(draft.at))
    draft.emit(events.PowerGranted(command.party, command.power, granter))


def revoke_power(draft: Draft, command: commands.RevokePower) -> None:
    """Take a power back."""
    revoker = signer_with(draft, Power.GOVERN)
    known_party(draft, command.party)
    if not has_power(draft, command.party, command.power):
        raise Refused(IdentityRefusal.POWER_NOT_HELD, party=command.party)
    if command.power is Power.GOVERN:
        somebody_else_governs(draft, command.party)
    POWERS.remove(draft, command.party + command.power.encode())
    draft.emit(events.PowerRevoked(command.party, command.power, revoker))


def grant_credential(draft: Draft, command: commands.GrantCredential) -> None:
    """Record a fact about a party; the same issuer may renew it."""
    issuer = signer_with(draft, Power.ISSUE_CREDENTIALS)
    known_party(draft, command.subject)
    if command.expires_at is not None and command.expires_at <= draft.at:
        raise Refused(IdentityRefusal.CREDENTIAL_EXPIRED, expires_at=command.expires_at)
    if command.credential.startswith(STATUSES):
        raise Refused(IdentityRefusal.CREDENTIAL_IS_STATUS, credential=command.credential)
    refuse_if(country_is_the_only_one(draft, command.subject, command.credential))
    vouch(draft, command.subject, command.credential, issuer, command.expires_at, command.evidence)


def vouch(
    draft: Draft,
    subject: bytes,
    type_: str,
    issuer: bytes,
    expires_at: int | None,
    evidence: bytes | None,
) -> None:
    """Write a credential and say so; refuses where another issuer's still stands."""
    key = subject + type_.encode()
    standing = CREDENTIALS.get(draft, key)
    lapsed = standing is None or (
        standing.expires_at is not None and standing.expires_at <= draft.at
    )
    if standing is not None and not lapsed and standing.issuer != issuer:
        raise Refused(IdentityRefusal.CREDENTIAL_FOREIGN, issuer=standing.issuer)
    granted = Credential(issuer, draft.at, expires_at, evidence)
    CREDENTIALS.put(draft, key, granted)
    note(draft, subject, type_, granted)
    draft.emit(events.CredentialGranted(subject, type_, issuer, expires_at))


def revoke_credential(draft: Draft, command: commands.RevokeCredential) -> None:
    """Remove a fact about a party."""
    issuer = signer_with(draft, Power.ISSUE_CREDENTIALS)
    known_party(draft, command.subject)
    key = command.subject + command.credential.encode()
    standing = CREDENTIALS.get(draft, key)
    if standing is None:
        raise Refused(IdentityRefusal.CREDENTIAL_UNKNOWN, credential=command.credential)
    if standing.issuer not in draft.signers:
        raise Refused(IdentityRefusal.CREDENTIAL_FOREIGN, issuer=standing.issuer)
    CREDENTIALS.remove(draft, key)
    note(draft, command.subject, command.credential, None)
    draft.emit(events.CredentialRevoked(command.subject, command.credential, issuer))
