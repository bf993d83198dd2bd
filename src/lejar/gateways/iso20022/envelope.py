# SPDX-License-Identifier: Apache-2.0
"""Which message stands in a file, and with which header.

Banks send a Document alone, or a header and a Document in a wrapper whose name each network chose
for itself. The wrapper carries nothing, so any is welcome; what it wraps must be one message.
"""

import re
from typing import Final, NamedTuple

from lejar.gateways.iso20022.catalogue import HEADER_VERSIONS, KINDS, PREFIX, Version
from lejar.gateways.iso20022.findings import Finding, at, shown, whole
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.tree import Node

WRAPPERS_MAX: Final = 3
IDENTIFIER: Final = re.compile(r"([a-z]{4}\.\d{3})\.001\.(\d{2})")
HEADER: Final = re.compile(re.escape(PREFIX) + r"head\.001\.001\.(\d{2})")


class Header(NamedTuple):
    """A business application header, and its version."""

    node: Node
    version: str


class Envelope(NamedTuple):
    """A Document of a known message and version, and the header beside it."""

    version: Version
    document: Node
    header: Header | None


def opened(root: Node) -> Envelope | Finding:
    """Find the message in a file, or say why there is none that we know."""
    documents = _named(root, "Document")
    headers = _named(root, "AppHdr")
    if not documents:
        return at(root, Rule.ENVELOPE_DOCUMENT, shown(root.name))
    if len(documents) > 1 or len(headers) > 1:
        return at((documents[1:] or headers[1:])[0], Rule.ENVELOPE_ONE)
    version = _version(documents[0])
    if isinstance(version, Finding):
        return version
    header = _header(headers[0]) if headers else None
    if isinstance(header, Finding):
        return header
    return Envelope(version, documents[0], header)


def _named(root: Node, name: str) -> list[Node]:
    found: list[Node] = []
    level = [root]
    for _ in range(WRAPPERS_MAX + 1):
        found += [node for node in level if node.name == name]
        level = [below for node in level if node.name != name for below in node.children()]
    return found


def _version(document: Node) -> Version | Finding:
    namespace = document.namespace
    match = IDENTIFIER.fullmatch(namespace.removeprefix(PREFIX))
    if match is None or not namespace.startswith(PREFIX):
        return at(document, Rule.ENVELOPE_NAMESPACE, shown(namespace))
    kind = KINDS.get(match[1])
    if kind is None:
        return at(document, Rule.ENVELOPE_MESSAGE, match[0])
    if match[2] not in kind.versions:
        accepted = ", ".join(Version(kind, one).identifier for one in kind.versions)
        return at(document, Rule.ENVELOPE_VERSION, f"{match[0]}; accepted: {accepted}")
    return Version(kind, match[2])


def _header(node: Node) -> Header | Finding:
    match = HEADER.fullmatch(node.namespace)
    if match is None:
        return at(node, Rule.ENVELOPE_NAMESPACE, shown(node.namespace))
    if match[1] not in HEADER_VERSIONS:
        accepted = ", ".join(f"head.001.001.{one}" for one in HEADER_VERSIONS)
        return at(node, Rule.ENVELOPE_VERSION, f"accepted: {accepted}")
    return Header(node, match[1])


def unreadable(why: str, line: int) -> Finding:
    """Turn the parser's complaint into a finding."""
    return whole(Rule[why], line=line)
