# SPDX-License-Identifier: Apache-2.0
"""Bytes to a message and back, with everything that is wrong on the way.

Reading walks the tree beside the schema that the generated types carry, which lists what is wrong
and where. The types themselves read and write (`typed`, `encode`); that they accept what passed the
walk is held by tests, not paid for with every message: it would double the time. Decoding opens no
file or socket and never raises: whatever the bytes are, the answer is a message or findings.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from lxml.etree import tostring
from xsdata.formats.dataclass.context import XmlContext
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.formats.dataclass.serializers.config import SerializerConfig

from lejar.gateways.iso20022.catalogue import Version, document_type, header_type
from lejar.gateways.iso20022.envelope import Envelope, Header, opened, unreadable
from lejar.gateways.iso20022.findings import FINDINGS_MAX, Finding
from lejar.gateways.iso20022.shape import shape_findings
from lejar.gateways.iso20022.tree import Node, Unreadable, parsed

WRAPPER: Final = "RequestPayload"
_STRICT: Final = ParserConfig(
    fail_on_unknown_properties=True,
    fail_on_unknown_attributes=True,
    fail_on_converter_warnings=True,
)


class Message(NamedTuple):
    """A message with the shape of its schema."""

    version: Version
    document_node: Node
    header_node: Header | None

    @property
    def root(self) -> Node:
        """The one element inside Document."""
        return next(self.document_node.children())


class Typed(NamedTuple):
    """A message as values of the generated types."""

    document: object
    header: object | None


class Decoded(NamedTuple):
    """What became of some bytes: the envelope if one was found, the message if it has its shape."""

    envelope: Envelope | None
    message: Message | None
    findings: tuple[Finding, ...]


def decode(data: bytes) -> Decoded:
    """Read bytes; there is a message only when there is no finding."""
    try:
        found = opened(parsed(data))
    except Unreadable as error:
        return Decoded(None, None, (unreadable(error.why, error.line),))
    if isinstance(found, Finding):
        return Decoded(None, None, (found,))
    wrong = tuple(islice(_shape(found), FINDINGS_MAX))
    if wrong:
        return Decoded(found, None, wrong)
    return Decoded(found, Message(found.version, found.document, found.header), ())


def typed(message: Message) -> Typed:
    """Let the generated types read a message."""
    head = message.header_node
    header = None if head is None else _read(head.node, header_type(head.version))
    return Typed(_read(message.document_node, document_type(message.version)), header)


def encode(document: object, header: object | None = None) -> bytes:
    """Write a message of generated types: alone, or beside its header in a wrapper."""
    written = _written(document)
    if header is None:
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written
    inside = _written(header) + b"\n" + written
    name = WRAPPER.encode()
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + b"<" + name + b">\n" + inside + b"\n</" + name + b">\n"


def _shape(found: Envelope) -> Iterator[Finding]:
    if found.header is not None:
        yield from shape_findings(found.header.node, header_type(found.header.version))
    yield from shape_findings(found.document, document_type(found.version))


def _read(node: Node, kind: type) -> object:
    alone = deepcopy(node.element)
    alone.tail = None
    # Where the sender keeps its schema; the types do not know the attribute.
    alone.attrib.clear()
    read: object = XmlParser(context=_context(), config=_STRICT).from_bytes(tostring(alone), kind)
    return read


def _written(value: object) -> bytes:
    config = SerializerConfig(xml_declaration=False, indent="  ")
    namespace = str(getattr(getattr(type(value), "Meta", None), "namespace", ""))
    serializer = XmlSerializer(context=_context(), config=config)
    return serializer.render(value, ns_map={None: namespace}).strip().encode()


@cache
def _context() -> XmlContext:
    return XmlContext()
