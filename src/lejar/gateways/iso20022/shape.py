# SPDX-License-Identifier: Apache-2.0
"""Whether a tree has the shape of its schema: every element, attribute and text, with its line.

A generated parser stops at the first thing that it does not like and cannot say where. A bank that
mends a message wants the whole list, so the tree is walked beside the schema here. The generated
types read the message afterwards, as a second opinion.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from lejar.gateways.iso20022.findings import Finding, at, shown
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.schema import Part, Shape, shape_of
from lejar.gateways.iso20022.simple import text_findings
from lejar.gateways.iso20022.tree import Node

LISTED_MAX: Final = 6
INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
"""Where the sender keeps its schema; it may stand on the outermost element, and we never look."""


def shape_findings(node: Node, kind: type) -> Iterator[Finding]:
    """Yield everything about an element that its type does not allow."""
    yield from _record(node, shape_of(kind), ignored=INSTANCE)


def _record(node: Node, shape: Shape, ignored: str = "") -> Iterator[Finding]:
    yield from _attributes(node, shape, ignored)
    if shape.open:
        return
    if shape.value is not None:
        yield from _leaf(node, shape.value)
        return
    if any(text.strip() for text in (node.text, *node.tails())):
        yield at(node, Rule.SCHEMA_TEXT)
    yield from _children(node, shape)


def _attributes(node: Node, shape: Shape, ignored: str) -> Iterator[Finding]:
    given = node.attributes
    for name, text in given.items():
        part = shape.attributes.get(name)
        if part is not None:
            yield from text_findings(node, part, text)
        elif name != ignored:
            yield at(node, Rule.SCHEMA_ATTRIBUTE, shown(name))
    for name, part in shape.attributes.items():
        if part.least and name not in given:
            yield at(node, Rule.SCHEMA_MISSING, name)


def _children(node: Node, shape: Shape) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    furthest = 0
    for child in node.children():
        part = shape.parts.get(child.name)
        if part is None or child.namespace != node.namespace:
            yield at(child, Rule.SCHEMA_UNKNOWN)
            continue
        counts[part.name] += 1
        if part.place < furthest and not shape.choice:
            yield at(child, Rule.SCHEMA_ORDER)
        furthest = max(furthest, part.place)
        yield from _part(child, part)
    yield from _occurrences(node, shape, counts)


def _part(node: Node, part: Part) -> Iterator[Finding]:
    if part.record:
        yield from _record(node, shape_of(part.kind))
        return
    for name in node.attributes:
        yield at(node, Rule.SCHEMA_ATTRIBUTE, shown(name))
    yield from _leaf(node, part)


def _leaf(node: Node, part: Part) -> Iterator[Finding]:
    for child in node.children():
        yield at(child, Rule.SCHEMA_UNKNOWN)
        return
    yield from text_findings(node, part, node.text)


def _occurrences(node: Node, shape: Shape, counts: Counter[str]) -> Iterator[Finding]:
    if shape.choice and len(counts) != 1:
        names = list(shape.parts)
        more = ", ..." if len(names) > LISTED_MAX else ""
        yield at(node, Rule.SCHEMA_CHOICE, ", ".join(names[:LISTED_MAX]) + more)
    for name, part in shape.parts.items():
        if counts[name] < part.least:
            yield at(node, Rule.SCHEMA_MISSING, name)
        if part.most is not None and counts[name] > part.most:
            yield at(node, Rule.SCHEMA_REPEATED, f"{name}, at most {part.most}")
