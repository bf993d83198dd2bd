# SPDX-License-Identifier: Apache-2.0
"""Who must still agree, on a page: with the names that parties have here, each with its link."""

from collections.abc import Mapping

from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.reference.missing_consent import missing_consent
from lejar.web import formats, views
from lejar.web.language import Language, catalogue
from lejar.web.reading.asked import Asked
from lejar.web.reading.facts import named_facts

Facts = Mapping[str, int | str | None]


def who_is_missing(asked: Asked, told: Facts) -> views.Words:
    """Say who must still agree; nothing where this reader may not see the facts."""
    english = missing_consent(_with_moment(told, Language.EN), lambda one: _named(asked, one))
    malay = missing_consent(_with_moment(told, Language.MS), lambda one: _named(asked, one))
    return views.Words(english[0], malay[1])


def missing_facts(asked: Asked, told: Facts) -> tuple[views.Fact, ...]:
    """Give the owner and each missing party with its page; numbers stand in the sentence."""
    values: dict[str, object] = {}
    owner = _party(told.get("owner"))
    if owner is not None:
        values["owner"] = owner
    missing = [_party(word) for word in str(told.get("missing") or "").split()]
    if missing:
        values["must_agree"] = tuple(one for one in missing if one is not None)
    return named_facts(asked, values)


def _with_moment(told: Facts, language: Language) -> Facts:
    until = told.get("notice_until")
    if not isinstance(until, int):
        return told
    return {**told, "notice_until": formats.moment(until, catalogue(language))}


def _named(asked: Asked, word: str) -> str:
    party = _party(word)
    return word if party is None else asked.names.get(party, identifiers.show("party", party))


def _party(word: object) -> bytes | None:
    """Read a party's id, which stands among facts as people see it or in hexadecimal."""
    text = str(word)
    try:
        return identifiers.read("party", text)
    except Malformed:
        pass
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if len(found) == identifiers.ID_BYTES else None
