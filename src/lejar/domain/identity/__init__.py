# SPDX-License-Identifier: Apache-2.0
"""Parties, keys, powers, credentials: the face that other modules see."""

from lejar.domain.identity import commands, events, handlers, matters
from lejar.domain.identity.genesis import FoundingParty, IdentitySection, found_identity
from lejar.domain.identity.handlers import vouch
from lejar.domain.identity.held import (
    EMPTY,
    HELD,
    Held,
    HeldCredential,
    has,
    held,
    matches,
    matches_any,
    rebuild,
)
from lejar.domain.identity.model import (
    CREDENTIALS,
    KEYRINGS,
    PARTIES,
    POWERS,
    Key,
    Party,
    PartyKind,
    PartyStatus,
    Power,
    Role,
    Threshold,
    has_credential,
    has_power,
)
from lejar.domain.identity.refusals import IdentityRefusal as No
from lejar.domain.identity.rules import known_party
from lejar.domain.identity.signers import (
    acting_keys,
    authorize,
    must_have_signed,
    signer_with,
)
from lejar.kernel.module import Module, Verb

__all__ = [
    "CREDENTIALS",
    "EMPTY",
    "HELD",
    "KEYRINGS",
    "MODULE",
    "PARTIES",
    "POWERS",
    "FoundingParty",
    "Held",
    "HeldCredential",
    "IdentitySection",
    "Key",
    "No",
    "Party",
    "PartyKind",
    "PartyStatus",
    "Power",
    "Role",
    "Threshold",
    "acting_keys",
    "authorize",
    "has",
    "has_credential",
    "has_power",
    "held",
    "known_party",
    "matches",
    "matches_any",
    "must_have_signed",
    "signer_with",
    "vouch",
]

MODULE = Module(
    name="identity",
    tables=(PARTIES, KEYRINGS, POWERS, CREDENTIALS, HELD),
    refusals=(No,),
    genesis=found_identity,
    rebuild=rebuild,
    events=(
        events.PartyRegistered,
        events.KeysRotated,
        events.KeysRecovered,
        events.PartySuspended,
        events.PartyReinstated,
        events.PowerGranted,
        events.PowerRevoked,
        events.CredentialGranted,
        events.CredentialRevoked,
    ),
    verbs=(
        Verb(
            commands.RegisterParty,
            handlers.register_party,
            Role.OPERATE,
            (No.POWER_MISSING, No.KEYRING_UNUSABLE),
        ),
        Verb(
            commands.RotateKeys,
            handlers.rotate_keys,
            Role.ADMINISTER,
            (No.PARTY_UNKNOWN, No.NOT_THE_PARTY, No.KEYRING_UNUSABLE),
        ),
        Verb(
            commands.RecoverKeys,
            handlers.recover_keys,
            Role.ADMINISTER,
            (No.POWER_MISSING, No.WITNESS_MISSING, No.PARTY_UNKNOWN, No.KEYRING_UNUSABLE),
        ),
        Verb(
            commands.SuspendParty,
            handlers.suspend_party,
            Role.OPERATE,
            (No.POWER_MISSING, No.PARTY_UNKNOWN, No.STATUS_ALREADY),
        ),
        Verb(
            commands.ReinstateParty,
            handlers.reinstate_party,
            Role.OPERATE,
            (No.POWER_MISSING, No.PARTY_UNKNOWN, No.STATUS_ALREADY),
        ),
        Verb(
            commands.GrantPower,
            handlers.grant_power,
            Role.OPERATE,
            (No.POWER_MISSING, No.PARTY_UNKNOWN, No.POWER_ALREADY),
            subject=matters.power_of,
        ),
        Verb(
            commands.RevokePower,
            handlers.revoke_power,
            Role.OPERATE,
            (No.POWER_MISSING, No.PARTY_UNKNOWN, No.POWER_NOT_HELD, No.POWER_LAST),
            subject=matters.power_of,
        ),
        Verb(
            commands.GrantCredential,
            handlers.grant_credential,
            Role.OPERATE,
            (
                No.POWER_MISSING,
                No.PARTY_UNKNOWN,
                No.CREDENTIAL_EXPIRED,
                No.CREDENTIAL_IS_STATUS,
                No.COUNTRY_ALREADY,
                No.CREDENTIAL_FOREIGN,
            ),
            subject=matters.credential_of,
        ),
        Verb(
            commands.RevokeCredential,
            handlers.revoke_credential,
            Role.OPERATE,
            (
                No.POWER_MISSING,
                No.PARTY_UNKNOWN,
                No.CREDENTIAL_UNKNOWN,
                No.CREDENTIAL_FOREIGN,
            ),
        ),
    ),
)
