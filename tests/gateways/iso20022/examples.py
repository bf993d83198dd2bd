# SPDX-License-Identifier: Apache-2.0
"""The good examples, and how a test breaks one: made-up banks, one file for each message."""

from pathlib import Path
from typing import Final

from lejar.gateways.iso20022.checking import check
from lejar.gateways.iso20022.codec import Message, decode

GOOD: Final = {file.stem: file for file in sorted((Path(__file__).parent / "good").glob("*.xml"))}

PACS_008: Final = "pacs.008.001.08"


def good(name: str = PACS_008) -> str:
    return GOOD[name].read_text(encoding="utf-8")


def message(name: str) -> Message:
    decoded = decode(GOOD[name].read_bytes())
    assert decoded.message is not None
    return decoded.message


def changed(name: str, old: str, new: str) -> str:
    """An example with one thing changed; what is changed must be there."""
    text = good(name)
    assert old in text
    return text.replace(old, new, 1)


def rules_broken(data: str | bytes) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    return [finding.rule.id for finding in check(raw).findings]


def decoded(text: str) -> Message:
    """A message that has its shape."""
    found = decode(text.encode())
    assert found.message is not None, found.findings
    return found.message
