# SPDX-License-Identifier: Apache-2.0
"""What rules ask about a person: credentials that are valid now, and the country.

A fact that nobody vouched for is unknown, and unknown is never taken for yes.  Each question costs
one look-up: identity keeps what a person holds gathered.
"""

from lejar.domain.identity import HeldCredential, held, matches, matches_any
from lejar.kernel.state import Reader


def holds(reader: Reader, person: bytes, pattern: str, issuers: frozenset[bytes] | None) -> bool:
    """Say whether a person holds a valid credential that a pattern matches.

    `issuers` none means that anybody's word counts; where there are none, nobody's does.
    """
    if issuers is not None and not issuers:
        return False
    return matches(held(reader, person), pattern, reader.at, issuers or ())


def holds_any(
    reader: Reader, person: bytes, patterns: tuple[str, ...], issuers: frozenset[bytes] | None
) -> bool:
    """Say whether a person holds a valid credential that one of the patterns matches."""
    if issuers is not None and not issuers:
        return False
    return matches_any(held(reader, person), patterns, reader.at, issuers or ())


def holds_all(
    reader: Reader, person: bytes, patterns: tuple[str, ...], issuers: frozenset[bytes] | None
) -> bool:
    """Say whether a person holds a valid credential for each of the patterns."""
    if not patterns:
        return True
    if issuers is not None and not issuers:
        return False
    of, at = held(reader, person), reader.at
    return all(matches(of, pattern, at, issuers or ()) for pattern in patterns)


def country(reader: Reader, person: bytes) -> str | None:
    """Give the country that somebody vouched for, or none."""
    return held(reader, person).country_at(reader.at)


def granted_at(
    reader: Reader, person: bytes, pattern: str, issuers: frozenset[bytes] | None
) -> int | None:
    """Give when the newest of a person's valid credentials that count was granted, or none."""
    granted = [
        one.granted_at
        for type_, one in held(reader, person).by_type.items()
        if holds(reader, person, type_, issuers)
        and (type_ == pattern or (pattern.startswith("*.") and type_.endswith(pattern[1:])))
    ]
    return max(granted, default=None)


def standing(reader: Reader, person: bytes) -> tuple[tuple[str, HeldCredential], ...]:
    """Give every valid credential a person holds, by type, in order."""
    every = held(reader, person).by_type.items()
    return tuple((type_, one) for type_, one in every if one.stands(reader.at))
