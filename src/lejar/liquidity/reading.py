# SPDX-License-Identifier: Apache-2.0
"""Read JSON strictly: each thing that is wrong is told with its place, and nothing is guessed."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NoReturn

AMOUNT_MAX = 2**63 - 1
"""The largest amount that Lejar carries."""
DIGITS_MAX = len(str(AMOUNT_MAX))


class FileWrong(Exception):
    """What is wrong with a file, and where in it."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}" if path else sentence)
        self.path = path
        self.sentence = sentence


def parsed(text: str) -> object:
    """Parse JSON without its usual leniency: no doubled keys, no NaN, no endless numbers."""
    try:
        value: object = json.loads(
            text, object_pairs_hook=_once, parse_constant=_not_a_number, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FileWrong("", f"not JSON: {error.msg} ({where})") from None
    except RecursionError:
        raise FileWrong("", "not a question: nested too deeply") from None
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise FileWrong(key, "the key stands twice in one object")
        found[key] = value
    return found


def _not_a_number(word: str) -> NoReturn:
    raise FileWrong("", f"{word} is not a number")


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > DIGITS_MAX:
        raise FileWrong("", f"a number of {len(digits)} digits is beyond {AMOUNT_MAX}")
    return int(digits)


def table(value: object, path: str) -> Mapping[str, object]:
    """Take an object."""
    if not isinstance(value, dict):
        raise FileWrong(path, f"must be an object, not {_kind(value)}")
    return value


def known(value: Mapping[str, object], path: str, fields: Collection[str]) -> None:
    """Refuse fields that mean nothing here."""
    for key in value:
        if key not in fields:
            raise FileWrong(inside(path, key), f"unknown; known are {', '.join(fields)}")


def listed(value: object, path: str) -> Sequence[object]:
    """Take a list."""
    if not isinstance(value, list):
        raise FileWrong(path, f"must be a list, not {_kind(value)}")
    return value


def named(value: Mapping[str, object], key: str, path: str) -> str:
    """Take a name, which must be there."""
    return name(needed(value, key, path), inside(path, key))


def name(value: object, path: str) -> str:
    """Take a name: text that is not empty."""
    if not isinstance(value, str) or not value:
        raise FileWrong(path, f"must be text that is not empty, not {_kind(value)}")
    return value


def needed(value: Mapping[str, object], key: str, path: str) -> object:
    """Take what must be there."""
    if key not in value:
        raise FileWrong(inside(path, key), "is missing")
    return value[key]


def amount(value: object, path: str, least: int = 0) -> int:
    """Take a whole number of smallest units."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise FileWrong(path, f"must be a whole number, not {_kind(value)}")
    if not least <= value <= AMOUNT_MAX:
        raise FileWrong(path, f"must be from {least} to {AMOUNT_MAX}, not {value}")
    return value


def inside(path: str, key: str) -> str:
    """Tell the place of a key."""
    return f"{path}.{key}" if path else key


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case float():
            return f"the fraction {value}"
        case int():
            return f"the number {value}"
        case str():
            return f'"{value}"' if value else "empty text"
        case list():
            return "a list"
    return "an object"
