# SPDX-License-Identifier: Apache-2.0
"""What rules ask about a person: credentials that are valid now, and the country.

A fact that nobody vouched for is unknown, and unknown is never taken for yes.
"""

from lejar.domain.identity import CREDENTIALS
from lejar.domain.identity.model import Credential
from lejar.kernel.state import Reader

COUNTRY = "country."
_CREDENTIAL = CREDENTIALS.prefix


def holds(reader: Reader, person: bytes, pattern: str, issuers: frozenset[bytes] | None) -> bool:
    """Say whether a person holds a valid credential that a pattern matches.

    `issuers` none means that anybody's word counts.
    """
    if pattern.startswith("*."):
        ending = pattern[1:]
        return any(
            type_.endswith(ending) and _counts(reader, found, issuers)
            for type_, found in _all(reader, person)
        )
    found: Credential | None = reader.get(_CREDENTIAL + person + pattern.encode())
    return found is not None and _counts(reader, found, issuers)


def country(reader: Reader, person: bytes) -> str | None:
    """Give the country that somebody vouched for, or none."""
    for type_, found in _all(reader, person, COUNTRY):
        if _counts(reader, found, None):
            return type_[len(COUNTRY) :]
    return None


def granted_at(reader: Reader, person: bytes, type_: str) -> int | None:
    """Give when a valid credential was granted, or none."""
    found: Credential | None = reader.get(_CREDENTIAL + person + type_.encode())
    return None if found is None or not _counts(reader, found, None) else found.granted_at


def standing(reader: Reader, person: bytes) -> tuple[str, ...]:
    """Give every type of valid credential a person holds, in order."""
    return tuple(t for t, found in _all(reader, person) if _counts(reader, found, None))


def _all(reader: Reader, person: bytes, start: str = "") -> list[tuple[str, Credential]]:
    return [
        (key[len(person) :].decode(), found)
        for key, found in CREDENTIALS.scan(reader, person + start.encode())
    ]


def _counts(reader: Reader, found: Credential, issuers: frozenset[bytes] | None) -> bool:
    return (found.expires_at is None or reader.at < found.expires_at) and (
        issuers is None or found.issuer in issuers
    )
