# SPDX-License-Identifier: Apache-2.0
"""What the browser is told, and whom the hub does not answer."""

import pytest

from lejar.web.security import host_name
from tests.web.conversation import ask


def test_every_answer_carries_the_rules() -> None:
    for path in ("/", "/nowhere", "/receipts/broken"):
        headers = ask(path).headers
        assert headers["Content-Security-Policy"] == (
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
            "object-src 'none'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("host", ["127.0.0.1:8750", "localhost", "LOCALHOST:1", "[::1]:8750"])
def test_the_loopback_names_are_answered(host: str) -> None:
    assert ask("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.", "", "[::1", "a@evil.example:80"],
)
def test_a_foreign_host_name_is_not_answered(host: str) -> None:
    answer = ask("/", headers={"Host": host})
    assert answer.status_code == 403
    assert "Content-Security-Policy" in answer.headers


def test_an_unsafe_request_of_a_foreign_page_is_refused() -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9999"):
        answer = ask("/preferences", method="POST", headers={"Origin": origin}, content=b"")
        assert answer.status_code == 403
    own = {"Origin": "http://127.0.0.1:8750"}
    assert ask("/preferences", method="POST", headers=own, content=b"").status_code == 303


def test_a_name_is_read_without_its_port() -> None:
    assert host_name("Example.ORG:80") == "example.org"
    assert host_name("[::1]:80") == "::1"
    assert host_name("[broken") is None
