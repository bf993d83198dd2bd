# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - types made at run time have no name that a checker could know
"""The OpenAPI 3.1 document, made from the same types and the same table that serve."""

import re
from collections import defaultdict
from http import HTTPStatus
from typing import Any, Final

import msgspec

from lejar.assembly import MACHINE
from lejar.gateways.rest import messages as m
from lejar.gateways.rest.codec import form_of
from lejar.gateways.rest.codec.carried import UNREADABLE
from lejar.gateways.rest.codec.scalars import id_pattern
from lejar.gateways.rest.endpoints import ENDPOINTS, JSON, PROBLEM, QUERY, Body, Endpoint
from lejar.gateways.rest.problems import KINDS
from lejar.kernel.module import Event, Verb

Document = dict[str, Any]

ALWAYS: Final = (421, 431, 500)
"""What any address may answer, whatever is asked."""
REFERENCE: Final = "#/components/schemas/{name}"
SCHEME: Final = "pass"

PATHS: Final[dict[str, Document]] = {
    "number": {"type": "string", "pattern": "^[1-9][0-9]{0,14}$"},
    "command_id": {"type": "string", "pattern": id_pattern(("command",))},
    "party": {"type": "string", "pattern": id_pattern(("party",))},
    "account": {"type": "string", "pattern": id_pattern(("account",))},
    "asset": {"type": "string", "pattern": id_pattern(("asset",))},
    "instruction": {"type": "string", "pattern": id_pattern(("instruction",))},
    "cohort": {"type": "string", "pattern": id_pattern(("cohort",))},
    "jurisdiction": {"type": "string", "pattern": "^[a-z]{2}$"},
    "version": {"type": "string", "pattern": "^[0-9]{4}[.][0-9]{1,2}[.][0-9]{1,3}$"},
    "rule": {"type": "string", "pattern": "^[a-z][a-z0-9_.]{0,95}$"},
    "proposal": {"type": "string", "pattern": id_pattern(("proposal",))},
    "directive": {"type": "string", "pattern": id_pattern(("directive",))},
    "envelope": {"type": "string", "pattern": id_pattern(("envelope",))},
    "day": {"type": "string", "format": "date"},
    "break_id": {"type": "string", "pattern": id_pattern(("break",))},
    "tile_path": {"type": "string", "pattern": "^[0-9]{1,2}/(?:x[0-9]{3}/)*[0-9]{3}"},
}


def document(version: str) -> Document:
    """Give the whole document for this version of the hub."""
    types = _types()
    schemas, found = msgspec.json.schema_components(types, ref_template=REFERENCE)
    components: Document = msgspec.json.decode(msgspec.json.encode(found))  # tuples as arrays
    schema_of = {_key(type_): schema for type_, schema in zip(types, schemas, strict=True)}
    paths: dict[str, Document] = defaultdict(dict)
    for endpoint in ENDPOINTS:
        paths[endpoint.path][endpoint.method.lower()] = _operation(endpoint, schema_of)
    _tie(components)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Lejar",
            "version": version,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": _DESCRIPTION,
        },
        "paths": dict(paths),
        "components": {
            "schemas": components,
            "securitySchemes": {
                SCHEME: {"type": "http", "scheme": "bearer", "description": _SCHEME_DESCRIPTION}
            },
        },
    }


_DESCRIPTION: Final = (
    "Ids are `prefix_base32`; bytes of a fixed length are lower-case hexadecimal, others base64; "
    "moments are RFC 3339 in UTC; amounts are strings of decimal digits in the smallest unit. "
    "Every error is a problem document (RFC 9457); every command's refusals are in /v1/refusals."
)
_SCHEME_DESCRIPTION: Final = (
    "A pass: base64url of the canonical MessagePack of [1, network, party, key, valid_until, "
    "signature], signed over 'lejar/pass/1\\n' and the first five; at most 12 hours."
)


def _types() -> list[Any]:
    bodies = [body for one in ENDPOINTS for body in (*one.takes, *(b for _, b in one.gives))]
    found = {_key(body.type): body.type for body in bodies if body.type is not None}
    commands = [form_of(verb.command, tagged=False).type for verb in MACHINE.verbs.values()]
    events = [form_of(event).type for event in _events()]
    return [*found.values(), m.Problem, *commands, *events]


def _events() -> list[type[Event]]:
    return [event for module in MACHINE.modules for event in module.events]


def _key(type_: Any) -> str:
    return f"{getattr(type_, '__module__', '')}.{type_!r}"


def _operation(endpoint: Endpoint, schema_of: dict[str, Document]) -> Document:
    operation: Document = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "responses": _responses(endpoint, schema_of),
    }
    parameters = [*_path_parameters(endpoint.path), *_query_parameters(endpoint)]
    if parameters:
        operation["parameters"] = parameters
    if endpoint.takes:
        content = {body.media: _media(body, schema_of) for body in endpoint.takes}
        operation["requestBody"] = {"required": True, "content": content}
    if endpoint.reader != "anyone":
        open_too: list[Document] = [] if endpoint.reader == SCHEME else [{}]
        operation["security"] = [*open_too, {SCHEME: []}]
    return operation


def _path_parameters(path: str) -> list[Document]:
    return [
        {"name": name, "in": "path", "required": True, "schema": PATHS[name]}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _query_parameters(endpoint: Endpoint) -> list[Document]:
    return [
        {"name": name.partition(":")[0], "in": "query", "schema": schema, "description": said}
        for name in endpoint.query
        for schema, said in (QUERY[name],)
    ]


def _responses(endpoint: Endpoint, schema_of: dict[str, Document]) -> Document:
    responses: Document = {}
    for status, body in endpoint.gives:
        answer = responses.setdefault(str(status), {"description": HTTPStatus(status).phrase})
        answer.setdefault("content", {})[body.media] = _media(body, schema_of)
    passes = () if endpoint.reader == "anyone" else (401,)
    queries = (400,)  # an unknown query parameter is refused everywhere
    for status in sorted({*endpoint.problems, *ALWAYS, *passes, *queries}):
        responses[str(status)] = {
            "description": _description(status),
            "content": {PROBLEM: {"schema": {"$ref": REFERENCE.format(name="Problem")}}},
        }
    return responses


def _description(status: int) -> str:
    codes = ", ".join(code for code, kind in KINDS.items() if kind.status == status)
    return f"{HTTPStatus(status).phrase}: {codes or 'a refusal by the rules of the hub'}"


def _media(body: Body, schema_of: dict[str, Document]) -> Document:
    if body.type is not None:
        return {"schema": schema_of[_key(body.type)]}
    if body.media == JSON:
        return {"schema": {"type": "object"}}
    return {}  # OpenAPI 3.1: bytes of a media type have no schema


def _tie(components: Document) -> None:
    """Name what a raw part may hold: the commands' arguments, the events, the terms."""
    commands = {verb.name: _command_schema(verb) for verb in MACHINE.verbs.values()}
    arguments = {"anyOf": list(commands.values())}
    request = components["PrepareRequest"]
    request["properties"]["command"] = {"type": "string", "enum": list(commands)}
    request["oneOf"] = [
        {"properties": {"command": {"const": name}, "arguments": schema}}
        for name, schema in commands.items()
    ]
    components["Readable"]["properties"]["arguments"] = arguments
    components["CarriedCommand"] |= _carried_schema(commands)
    events = [form_of(event).type.__name__ for event in _events()]
    components["ReceiptMessage"]["properties"]["events"]["items"] = {
        "anyOf": [{"$ref": REFERENCE.format(name=name)} for name in events]
    }


def _carried_schema(commands: Document) -> Document:
    """Name what a carried command may be: any that carries none, or bytes nobody reads any more."""
    carriers = {verb.name for verb in MACHINE.verbs.values() if verb.carries is not None}
    named = {name: schema for name, schema in commands.items() if name not in carriers}
    named[UNREADABLE] = {"type": "string", "contentEncoding": "base64"}
    return {
        "properties": {"command": {"type": "string", "enum": list(named)}, "arguments": {}},
        "oneOf": [
            {"properties": {"command": {"const": name}, "arguments": schema}}
            for name, schema in named.items()
        ],
    }


def _command_schema(verb: Verb) -> Document:
    name = form_of(verb.command, tagged=False).type.__name__
    return {"$ref": REFERENCE.format(name=name)}
