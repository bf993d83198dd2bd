# SPDX-License-Identifier: Apache-2.0
"""Bytes to a tree of elements, by a parser that trusts nobody.

Everything that makes XML dangerous is refused before a parser sees it: a document type carries
entities, and entities reach files, networks, and all of the memory. What is left is parsed with no
network, no entities, and limits of size and depth.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# `_Element` is the type's only name, here as in lxml's own stubs.
from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring

BYTES_MAX: Final = 32 * 1024 * 1024
"""A statement of a long day has about a kilobyte for each of some ten thousand entries."""

NAMES_KEPT: Final = 4096
"""More than any message has; a sender of made-up names only wears out its own."""

DEPTH_MAX: Final = 64
"""The deepest message of the standard has about twenty levels; wrappers add a few."""


class Node:
    """One element: its own name, without a prefix, its text, its children, and where it stands."""

    __slots__ = ("element",)

    def __init__(self, element: _Element) -> None:
        self.element = element

    @property
    def name(self) -> str:
        """The element's name without its namespace."""
        return _name(self.element)

    @property
    def namespace(self) -> str:
        """The element's namespace; empty when it has none."""
        tag = str(self.element.tag)
        return tag[1:].partition("}")[0] if tag.startswith("{") else ""

    @property
    def line(self) -> int:
        """The line on which the element begins."""
        line: object = self.element.sourceline
        return line if isinstance(line, int) else 0

    @property
    def text(self) -> str:
        """The element's own text, as it was sent."""
        return str(self.element.text or "")

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes, by their full names."""
        given = self.element.attrib
        return {str(key): str(value) for key, value in given.items()} if given else {}

    @property
    def path(self) -> str:
        """The names from the root down to here; `[2]` marks the second of equals."""
        steps: list[str] = []
        element: _Element | None = self.element
        while element is not None:
            before = sum(
                1 for one in element.itersiblings(preceding=True) if one.tag == element.tag
            )
            steps.append(f"{_name(element)}[{before + 1}]" if before else _name(element))
            element = element.getparent()
        return "/" + "/".join(reversed(steps))

    def children(self) -> Iterator["Node"]:
        """Yield the elements inside, in order."""
        return (Node(one) for one in self.element.iterchildren())

    def tails(self) -> Iterator[str]:
        """Yield the text that stands between and after the children."""
        return (str(one.tail or "") for one in self.element.iterchildren())

    def every(self, path: str) -> "list[Node]":
        """List the elements at a path of names below this one."""
        found = [self.element]
        for step in path.split("/"):
            found = [below for one in found for below in one.iterchildren() if _name(below) == step]
        return [Node(one) for one in found]

    def first(self, *paths: str) -> "Node | None":
        """Give the first element at the first path that leads to one."""
        return next((node for path in paths for node in self.every(path)), None)

    def says(self, *paths: str) -> str | None:
        """Give the text of the first element at the first path that leads to one."""
        node = self.first(*paths)
        return None if node is None else node.text.strip()

    def descendants(self) -> "Iterator[Node]":
        """Yield this element and all below it, in document order."""
        return (Node(one) for one in self.element.iter())


class Unreadable(Exception):
    """These bytes are not XML that we would read; the rule's name says why."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


def parsed(data: bytes) -> Node:
    """Read bytes as XML, or say why not."""
    text = _decoded(data)
    for mark in ("<!DOCTYPE", "<!ENTITY"):
        if mark in text:
            raise Unreadable("XML_DOCTYPE", text.count("\n", 0, text.index(mark)) + 1)
    try:
        root = fromstring(text.encode(), _parser())
    except XMLSyntaxError as error:
        raise Unreadable("XML_SYNTAX", int(error.lineno or 0)) from None
    if _too_deep(root):
        raise Unreadable("XML_DEPTH")
    return Node(root)


def _decoded(data: bytes) -> str:
    """Decode UTF-8, the one encoding of the standard's messages; a byte order mark may stand."""
    if not data.strip():
        raise Unreadable("XML_EMPTY")
    if len(data) > BYTES_MAX:
        raise Unreadable("XML_SIZE")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("XML_ENCODING") from None
    declaration = text[: text.find("?>")] if text.startswith("<?xml") else ""
    named = declaration.partition("encoding")[2].strip(" =\t\r\n")[1:].lower()
    if named and not named.startswith(("utf-8", "us-ascii")):
        raise Unreadable("XML_ENCODING")
    return text


def _parser() -> XMLParser:
    return XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _too_deep(root: _Element) -> bool:
    level = [root]
    for _ in range(DEPTH_MAX):
        level = [below for one in level for below in one.iterchildren()]
        if not level:
            return False
    return True


def _name(element: _Element) -> str:
    return _local(str(element.tag))


@lru_cache(NAMES_KEPT)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
