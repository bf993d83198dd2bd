# SPDX-License-Identifier: Apache-2.0
"""What a party holds, gathered in one record: its credentials by type, and its country.

Rules ask about credentials for each leg of each movement, by patterns and issuers too; gathered
they cost one look-up.  The table is derived: it says nothing that the credentials do not say.
"""

from collections.abc import Collection

from lejar.domain.identity.model import CREDENTIALS, Credential
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader, State, Table, Writer

COUNTRY = "country."
"""The family of credentials that say where a person is resident: `country.my`."""
_ANY = "*."


class HeldCredential(Record, frozen=True):
    """A credential as its holder has it; `expires_at` none means until it is revoked."""

    issuer: bytes
    granted_at: int
    expires_at: int | None

    def stands(self, at: int) -> bool:
        """Say whether it has not expired at a moment."""
        return self.expires_at is None or at < self.expires_at


class Held(Record, frozen=True):
    """Everything that was vouched for about a party, expired or not: who reads decides by time."""

    country: str | None
    """What follows `country.` in the credential of that family that ends last; of these at most
    one is valid at a time."""
    country_until: int | None
    """When that one expires; none when it does not, or when there is no country."""
    by_type: dict[str, HeldCredential]
    """In the order of types, so that equal holdings have equal bytes."""

    def country_at(self, at: int) -> str | None:
        """Give the country that is vouched for at a moment, or none."""
        return self.country if self.country_until is None or at < self.country_until else None


EMPTY = Held(None, None, {})

HELD: Table[Held] = Table(0x24, "held", Held, derived=True)
_HELD = HELD.prefix


def held(reader: Reader, party: bytes) -> Held:
    """Give what a party holds."""
    found: Held | None = reader.get(_HELD + party)
    return EMPTY if found is None else found


def has(of: Held, type_: str, at: int) -> bool:
    """Say whether a credential of exactly this type is held and has not expired."""
    found = of.by_type.get(type_)
    return found is not None and found.stands(at)


def matches(of: Held, pattern: str, at: int, issuers: Collection[bytes] = ()) -> bool:
    """Say whether a valid credential fits a pattern and comes from one of the issuers.

    A pattern is a type, or `*.` and whole segments: `*.kyc.hub` fits `buyer.kyc.hub` and
    `a.b.kyc.hub`, and neither `buyer.xkyc.hub` nor `kyc.hub`.  No issuers named means any issuer.
    """
    if not pattern.startswith(_ANY):
        found = of.by_type.get(pattern)
        return found is not None and _fits(found, at, issuers)
    suffix = pattern[1:]
    return any(
        type_.endswith(suffix) and _fits(one, at, issuers) for type_, one in of.by_type.items()
    )


def matches_any(
    of: Held, patterns: Collection[str], at: int, issuers: Collection[bytes] = ()
) -> bool:
    """Say whether a valid credential fits one of the patterns; the gate asks this all the time."""
    by_type = of.by_type
    for pattern in patterns:
        found = by_type.get(pattern)
        if found is None:
            if pattern.startswith(_ANY) and matches(of, pattern, at, issuers):
                return True
        elif (found.expires_at is None or at < found.expires_at) and (
            not issuers or found.issuer in issuers
        ):
            return True
    return False


def note(draft: Writer, party: bytes, type_: str, credential: Credential | None) -> None:
    """Keep what a party holds in step with its credentials; none stands for a revoked one."""
    by_type = dict(held(draft, party).by_type)
    if credential is None:
        by_type.pop(type_, None)
    else:
        by_type[type_] = HeldCredential(
            credential.issuer, credential.granted_at, credential.expires_at
        )
    if by_type:
        HELD.put(draft, party, _gathered(by_type))
    else:
        HELD.remove(draft, party)


def rebuild(state: State) -> None:
    """Gather again from the credentials, after a snapshot was loaded."""
    draft = Draft(state, b"")
    for key, credential in CREDENTIALS.scan(state):
        note(draft, key[:16], key[16:].decode(), credential)
    state.absorb(draft.writes)


def _gathered(by_type: dict[str, HeldCredential]) -> Held:
    country: str | None = None
    until: int | None = 0
    for type_, one in by_type.items():
        if type_.startswith(COUNTRY) and until is not None:
            end = one.expires_at
            if country is None or end is None or end > until:
                country, until = type_.removeprefix(COUNTRY), end
    ordered = dict(sorted(by_type.items()))
    return Held(country, None if country is None else until, ordered)


def _fits(one: HeldCredential, at: int, issuers: Collection[bytes]) -> bool:
    return one.stands(at) and (not issuers or one.issuer in issuers)
