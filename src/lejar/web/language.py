# SPDX-License-Identifier: Apache-2.0
"""The words of the pages, in English and in Malay.

Both languages are kept as one TOML file each, with the same keys: a key that only one of them has
is a mistake that stops the program when it starts, not a gap that a reader finds.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from lejar.reference.fact_names import FACT_NAMES
from lejar.reference.wording import fact_label

LOCALES: Final = Path(__file__).parent / "locales"


class Language(StrEnum):
    """A language that every page is written in, as its BCP 47 tag."""

    EN = "en"
    MS = "ms"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language, by dotted key."""

    language: Language
    messages: Mapping[str, str]

    def __call__(self, key: str, **facts: object) -> str:
        """Return the message with its `{facts}` put in; KeyError for an unknown key or fact."""
        message = self.messages[key]
        return message.format_map(facts) if facts else message

    def known(self, key: str, otherwise: str) -> str:
        """Return the message, or `otherwise`: for names that the domain makes, such as commands."""
        return self.messages.get(key, otherwise)

    def several(self, key: str) -> tuple[str, ...]:
        """Return the message's parts, which its text separates by `|` (month names)."""
        return tuple(self.messages[key].split("|"))


def flattened(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Return a nested TOML table as dotted keys; TypeError for anything but text."""
    messages: dict[str, str] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            messages |= flattened(value, f"{key}.")
        elif isinstance(value, str):
            messages[key] = value
        else:
            raise TypeError(f"expected text at {key}, was {type(value).__name__}")
    return messages


@cache
def catalogue(language: Language) -> Catalogue:
    """Return the catalogue of a language, read once; ValueError where the languages differ."""
    messages = {tag: _messages(tag) for tag in Language}
    lonely = messages[Language.EN].keys() ^ messages[Language.MS].keys()
    if lonely:
        raise ValueError(f"expected every key in both languages, one lacks: {sorted(lonely)}")
    return Catalogue(language, messages[language])


def _messages(language: Language) -> dict[str, str]:
    """Return a language's messages; the facts of refusals are named for API and pages alike."""
    text = (LOCALES / f"{language}.toml").read_text(encoding="utf-8")
    facts = {f"fact.{name}": fact_label(name).in_(language) for name in FACT_NAMES}
    return facts | flattened(tomllib.loads(text))


def chosen_language(cookie: str | None, accept_language: str) -> Language:
    """Return the reader's language: what they chose, else what their browser prefers, else English.

    `accept_language` is the header's text (RFC 9110, section 12.5.4); what cannot be read counts
    as no wish.
    """
    if cookie in tuple(Language):
        return Language(cookie)
    wishes = sorted(_wishes(accept_language), key=lambda wish: -wish[1])
    for tag, weight in wishes:
        primary = tag.split("-")[0]
        if weight > 0 and primary in tuple(Language):
            return Language(primary)
    return Language.EN


def _wishes(accept_language: str) -> list[tuple[str, int]]:
    """Return (tag, weight in thousandths) in the order they were written."""
    wishes = []
    for part in accept_language.lower().split(",")[:16]:
        tag, _, weight = part.strip().partition(";q=")
        wishes.append((tag.strip(), _thousandths(weight.strip())))
    return wishes


def _thousandths(weight: str) -> int:
    if not weight:
        return 1000
    whole, _, rest = weight.partition(".")
    digits = whole + rest.ljust(3, "0")[:3]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
