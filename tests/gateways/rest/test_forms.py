# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON and what hypothesis makes of types have no narrower type
"""The JSON forms: every command goes there and back, and a value has one written form."""

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect

from lejar.assembly import MACHINE
from lejar.domain.consent.commands import Propose
from lejar.gateways.rest.codec import form_of, json_of, read_json, scalars
from lejar.gateways.rest.language import preferred
from lejar.kernel.codec import encode
from lejar.kernel.envelope import Command
from lejar.kernel.failure import Malformed

DAY = datetime.date(2029, 6, 28)
LAST_YEAR = scalars.MOMENT_MAX


def values(info: inspect.Type) -> st.SearchStrategy[Any]:  # noqa: C901, PLR0912  # one line for each kind
    """Values of a core type, within what the type itself allows."""
    match info:
        case inspect.Metadata():
            return values(info.type)
        case inspect.StructType():
            fields = {field.name: values(field.type) for field in info.fields}
            if info.cls is Propose:
                fields["command"] = carried()
            return st.builds(info.cls, **fields)
        case inspect.Metadata():
            return values(info.type)
        case inspect.IntType():
            most = info.le if info.le is not None else 2**63 - 1
            least = info.ge if info.ge is not None else 0
            return st.integers(least, min(most, LAST_YEAR) if most == 2**62 else most)
        case inspect.BytesType():
            return st.binary(min_size=info.min_length or 0, max_size=info.max_length or 64)
        case inspect.StrType():
            if info.pattern is not None:
                return st.from_regex(info.pattern.replace("\\Z", "$"), fullmatch=True)
            return st.text(min_size=info.min_length or 0, max_size=info.max_length or 20)
        case inspect.VarTupleType():
            least, most = info.min_length or 0, min(info.max_length or 3, 3)
            return st.lists(values(info.item_type), min_size=least, max_size=most).map(tuple)
        case inspect.TupleType():
            return st.tuples(*(values(one) for one in info.item_types))
        case inspect.UnionType():
            return st.one_of([values(one) for one in info.types])
        case inspect.EnumType():
            return st.sampled_from(list(info.cls))
        case inspect.DateType():
            return st.dates()
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.LiteralType():
            return st.sampled_from(list(info.values))
    raise NotImplementedError(info)


def carried() -> st.SearchStrategy[bytes]:
    """Commands in their canonical bytes, of every verb that carries none itself."""
    verbs = [verb for verb in MACHINE.verbs.values() if verb.carries is None]
    return st.one_of([values(inspect.type_info(verb.command)) for verb in verbs]).map(encode)


@pytest.mark.parametrize("verb", MACHINE.verbs.values(), ids=lambda verb: verb.name)
def test_every_command_goes_to_json_and_back(verb: Any) -> None:
    form = form_of(verb.command, tagged=False)

    @settings(max_examples=15)
    @given(values(inspect.type_info(verb.command)))
    def there_and_back(command: Any) -> None:
        written = json_of(form.show(command))
        again = form.read(read_json(written, form.type), "$")
        assert encode(again) == encode(command)

    there_and_back()


class Bond(msgspec.Struct, frozen=True, kw_only=True, array_like=True, tag="fixed-rate bond"):
    """Terms as an instrument's command carries them."""

    rate_millionths: int
    maturity: datetime.date


class Money(msgspec.Struct, frozen=True, array_like=True, tag="currency"):
    """The other kind of terms."""

    code: str


class Issue(Command, frozen=True, tag="instruments.issue"):
    """A command with a choice inside."""

    terms: Bond | Money | None


@pytest.mark.parametrize("terms", [Bond(rate_millionths=1, maturity=DAY), Money("MYR"), None])
def test_a_choice_is_told_by_its_type(terms: Bond | Money | None) -> None:
    form = form_of(Issue, tagged=False)
    shown = form.show(Issue(terms))
    assert shown["terms"] is None or shown["terms"]["type"] in {"fixed-rate bond", "currency"}
    assert form.read(read_json(json_of(shown), form.type), "$") == Issue(terms)


def test_every_event_has_a_form() -> None:
    events = [event for module in MACHINE.modules for event in module.events]
    assert all(form_of(event).type.__name__ for event in events)


@given(st.integers(0, LAST_YEAR))
def test_a_moment_goes_there_and_back(at: int) -> None:
    text = scalars.show_moment(at)
    assert scalars.read_moment(datetime.datetime.fromisoformat(text)) == at


def test_a_moment_past_the_last_year_is_still_written() -> None:
    assert scalars.show_moment(2**62) == f"{2**62}us"


@pytest.mark.parametrize(
    "text", ["", "+1", "01", "-0", "1.0", "1e3", " 1", "1_0", "\u0661", "9" * 21]
)
def test_an_amount_has_one_written_form(text: str) -> None:
    with pytest.raises(Malformed):
        scalars.read_decimal(text, "$")


@pytest.mark.parametrize("text", ["AA", "a", "zz", "0x00", "aa ", "é"])
def test_hexadecimal_is_lower_case_and_whole(text: str) -> None:
    with pytest.raises(Malformed):
        scalars.read_hex(text, "$")


@pytest.mark.parametrize("text", ["YQ", "YR==", "Y Q==", "YQ==\n", "-_==", "é"])
def test_base64_is_canonical(text: str) -> None:
    with pytest.raises(Malformed):
        scalars.read_base64(text, "$")


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        (("party",), "acct_aeaqcaibaeaqcaibaeaqcaibae"),
        (("party",), "party_AEAQCAIBAEAQCAIBAEAQCAIBAE"),
        (("party",), "party_aeaqcaibaeaqcaibaeaqcaibaf"),
        (("party",), "party_"),
        (("party",), "id_aeaqcaibaeaqcaibaeaqcaibae"),
        (("party", "account"), "instr_aeaqcaibaeaqcaibaeaqcaibae"),
        ((), "aeaqcaibaeaqcaibaeaqcaibae"),
    ],
)
def test_an_id_has_its_kind_and_one_written_form(kinds: tuple[str, ...], text: str) -> None:
    with pytest.raises(Malformed):
        scalars.read_id(kinds, text, "$")


def test_an_id_of_either_kind_is_read_in_each() -> None:
    either = ("party", "account")
    for prefix in ("party", "acct", "id"):
        text = f"{prefix}_aeaqcaibaeaqcaibaeaqcaibae"
        assert scalars.read_id(either, text, "$") == b"\1" * 16
    assert scalars.show_id(either, b"\1" * 16) == "id_aeaqcaibaeaqcaibaeaqcaibae"


def test_what_is_wrong_is_said_with_its_place() -> None:
    form = form_of(next(iter(MACHINE.verbs)), tagged=False)
    with pytest.raises(Malformed, match=r"\$\.arguments"):
        read_json(b"{}", form.type, "$.arguments")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("ms", "ms"),
        ("ms-MY, en;q=0.9", "ms"),
        ("en, ms;q=0.9", "en"),
        ("en;q=0.2, ms;q=0.3", "ms"),
        ("zh, ms;q=0.1", "ms"),
        ("ms;q=0", "en"),
        ("*", "en"),
        ("ms;q=banana, \x00", "en"),
        (",;,;q==" * 100, "en"),
    ],
)
def test_the_preferred_language_is_english_or_malay(header: str | None, language: str) -> None:
    assert preferred(header) == language


def test_raw_json_is_passed_through() -> None:
    class Holder(msgspec.Struct, frozen=True):
        terms: msgspec.Raw

    shown = form_of(Holder).show(Holder(msgspec.Raw(b'{"a":1}')))
    assert json_of(shown) == b'{"terms":{"a":1}}'
