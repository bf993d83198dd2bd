# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON and what hypothesis makes of types have no narrower type
"""Whatever is sent: a clear problem, never a 500, and the hub goes on."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lejar.gateways.rest.codec import json_of
from lejar.gateways.rest.endpoints import ENDPOINTS, ENVELOPE, ENVELOPES, PROBLEM
from lejar.gateways.rest.mapping import envelope_of
from lejar.kernel.codec import encode
from lejar.kernel.envelope import Envelope, read_envelope
from tests.gateways.rest.market import CENTRE, Market

MARKET = Market()
"""One hub for all that is thrown at it: it must still work at the end."""

GOOD = MARKET.message(
    MARKET.prepare("money.create_currency", code="MYR", required=["bank"]), CENTRE
)
RAW = envelope_of(json_of(GOOD))
POSTS = [endpoint.path for endpoint in ENDPOINTS if endpoint.method == "POST"]
GETS = [
    endpoint.path
    for endpoint in ENDPOINTS
    if endpoint.method == "GET" and endpoint.name != "events"
]
MEDIA = ("application/json", ENVELOPE, ENVELOPES)
FUZZ = settings(max_examples=60, suppress_health_check=list(HealthCheck))

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def is_clear(answer: Any) -> None:
    """A success, or a problem that says what is wrong; never our own mistake."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == PROBLEM
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["code"]
        assert problem["title"]
        assert problem["remedy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def post(path: str, content: Any, media: str = "application/json", **headers: str) -> Any:
    who = {"Authorization": f"Bearer {MARKET.pass_of(CENTRE)}"}  # some addresses ask who it is
    said = {"Content-Type": media, **who, **headers}
    answer = MARKET.call("POST", path, content=content, headers=said)
    is_clear(answer)
    return answer


@FUZZ
@given(st.sampled_from(POSTS), st.sampled_from(MEDIA), st.binary(max_size=400))
def test_any_bytes_are_answered(path: str, media: str, content: bytes) -> None:
    post(path, content, media)


@FUZZ
@given(st.sampled_from(POSTS), JSON_VALUES)
def test_any_json_is_answered(path: str, value: Any) -> None:
    post(path, json.dumps(value).encode())


@FUZZ
@given(st.sampled_from(["body", "signatures"]), JSON_VALUES)
def test_an_envelope_with_any_value_in_a_field_is_answered(field: str, value: Any) -> None:
    assert post("/v1/envelopes", json.dumps({**GOOD, field: value}).encode()).status_code == 400


@FUZZ
@given(st.sampled_from(["arguments", "valid_until", "command_id", "salt"]), JSON_VALUES)
def test_a_command_with_any_value_in_a_field_is_answered(field: str, value: Any) -> None:
    asked = {"command": "oversight.freeze", "arguments": {"subject": 1, "basis": 2}, field: value}
    post("/v1/commands/prepare", json.dumps(asked).encode())


@FUZZ
@given(st.integers(0, len(RAW) - 1))
def test_a_truncated_envelope_is_malformed(length: int) -> None:
    answer = post("/v1/envelopes", RAW[:length], ENVELOPE)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


@FUZZ
@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_a_changed_byte_never_gets_in(place: int, change: int) -> None:
    changed = bytearray(RAW)
    changed[place] ^= change
    answer = post("/v1/envelopes", bytes(changed), ENVELOPE)
    # The signer's party is not under its signature: apply asks whether the key is that party's,
    # and the first such envelope takes the command id.
    unsigned = {"signer_unknown", "key_unknown", "command_duplicate"}
    assert answer.status_code == 400 or answer.json()["code"] in unsigned


@FUZZ
@given(st.lists(st.binary(max_size=60) | st.sampled_from([RAW[:-1], RAW + b"\0"]), max_size=8))
def test_a_batch_of_any_bytes_has_an_outcome_each(items: list[bytes]) -> None:
    answer = post("/v1/envelopes/batch", msgspec.msgpack.encode(items), ENVELOPES)
    rows = msgspec.msgpack.decode(answer.content)
    assert rows == [["malformed", None, "malformed"]] * len(items)


@FUZZ
@given(st.sampled_from(GETS), st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_id_in_a_path_is_answered(path: str, text: str) -> None:
    parts = [quote(text, safe="") if part.startswith("{") else part for part in path.split("/")]
    for reader in (None, CENTRE):
        is_clear(MARKET.get("/".join(parts), reader))


@FUZZ
@given(st.sampled_from(GETS), st.text(max_size=20), st.text(max_size=40))
def test_any_query_is_answered(path: str, name: str, value: str) -> None:
    is_clear(MARKET.get(path, CENTRE, params={name: value.encode("utf-8", "replace")}))


@FUZZ
@given(st.sampled_from(["after", "limit"]), st.text(max_size=40) | st.integers().map(str))
def test_any_page_is_answered(name: str, value: str) -> None:
    for path in ("/v1/entries", "/v1/parties", "/v1/instruments"):
        is_clear(MARKET.get(path, params={name: value.encode("utf-8", "replace")}))


@pytest.mark.parametrize("query", ["%00=1", "limit=%ff", "limit=1&limit=2", "limit=٣", "%", "="])
def test_an_odd_query_is_malformed(query: str) -> None:
    answer = MARKET.get(f"/v1/entries?{query}")
    is_clear(answer)
    assert answer.status_code == 400, query


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"\xff\xfe",
        b'"\xed\xa0\x80"',
        b'{"command":"\\u0000","arguments":{}}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"body":' + b"9" * 10_000 + b"}",
        b'{"body":"","signatures":[]}',
        b"1e999",
        b"NaN",
        b"{} {}",
    ],
    ids=range(12),
)
def test_known_bad_bodies_are_malformed(path: str, content: bytes) -> None:
    assert post(path, content).status_code == 400


@pytest.mark.parametrize(
    "content",
    [b"\x91" * 100_000, b"\xdd\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\x92\xc4\x00\x90"],
    ids=["deep", "long array", "long bytes", "no signature"],
)
def test_known_bad_envelopes_are_malformed(content: bytes) -> None:
    for path, media in (("/v1/envelopes", ENVELOPE), ("/v1/envelopes/batch", ENVELOPES)):
        answer = post(path, content, media)
        assert answer.status_code == 400 or b"malformed" in answer.content


def test_a_field_that_nobody_knows_is_refused() -> None:
    answer = post("/v1/envelopes", json.dumps({**GOOD, "more": 1}).encode())
    assert "more" in answer.json()["detail"]


def test_an_envelope_in_another_encoding_of_the_same_value_is_malformed() -> None:
    envelope: Envelope = read_envelope(RAW)
    longer = b"\xdc\x00\x02" + encode(envelope)[1:]
    answer = post("/v1/envelopes", longer, ENVELOPE)
    assert answer.json()["code"] == "malformed"
    assert "canonical" in answer.json()["detail"]


def test_the_same_signer_twice_is_malformed() -> None:
    twice = {**GOOD, "signatures": GOOD["signatures"] * 2}
    assert post("/v1/envelopes", json.dumps(twice).encode()).json()["code"] == "malformed"


def test_seventeen_signatures_are_too_many() -> None:
    many = {**GOOD, "signatures": GOOD["signatures"] * 17}
    assert post("/v1/envelopes", json.dumps(many).encode()).json()["place"] == "$.signatures"


def test_a_huge_integer_is_named_where_it_stands() -> None:
    arguments = {
        "asset": "instr_aeaqcaibaeaqcaibaeaqcaibae",
        "account": "acct_aeaqcaibaeaqcaibaeaqcaibae",
        "amount": str(2**63),
        "reference": "ab" * 16,
    }
    asked = {"command": "money.issue_money", "arguments": arguments}
    assert post("/v1/commands/prepare", json.dumps(asked).encode()).status_code == 400


def test_a_body_may_not_be_too_large_whatever_it_says_of_its_length() -> None:
    market = Market(body_bytes=100)
    headers = {"Content-Type": "application/json"}
    stated = market.call("POST", "/v1/envelopes", content=b"1" * 101, headers=headers)

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"1" * 20

    unstated = market.call("POST", "/v1/envelopes", content=parts(), headers=headers)
    for answer in (stated, unstated):
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("media", ["", "text/plain", "application/xml", "application/jsonp"])
def test_only_known_media_types_are_taken(media: str) -> None:
    for path in POSTS:
        assert post(path, b"{}", media).status_code == 415


def test_a_compressed_body_is_not_taken() -> None:
    answer = post("/v1/envelopes", b"{}", **{"Content-Encoding": "gzip"})
    assert answer.status_code == 415


def test_headers_and_addresses_have_bounds() -> None:
    long_header = MARKET.get("/v1/status", headers={"X-Long": "a" * 20_000})
    long_address = MARKET.get("/v1/status?" + "a" * 5_000)
    assert (long_header.status_code, long_address.status_code) == (431, 414)
    is_clear(long_header)
    is_clear(long_address)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[", "", "[::2]"])
def test_a_host_that_is_not_ours_is_not_answered(host: str) -> None:
    answer = MARKET.get("/v1/status", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "host_unknown")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8750", "127.0.0.1", "[::1]:8750"])
def test_a_host_that_is_ours_is_answered(host: str) -> None:
    assert MARKET.get("/v1/status", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://["])
def test_a_page_of_another_origin_may_not_send(origin: str) -> None:
    answer = post("/v1/envelopes", json.dumps(GOOD).encode(), Origin=origin)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_foreign")


def test_the_hub_still_works_at_the_end() -> None:
    prepared = MARKET.prepare("money.create_currency", code="SGD", required=[])
    assert base64.b64decode(prepared["body"])
    answer = MARKET.call("POST", "/v1/envelopes", json=MARKET.message(prepared, CENTRE))
    assert answer.status_code == 201
