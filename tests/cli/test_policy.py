# SPDX-License-Identifier: Apache-2.0
"""`lejar policy`: packs are checked, shown and written as a command, in words and as JSON."""

import base64
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from lejar.cli import lejar
from lejar.cli.commands.policy import COMMANDS
from lejar.cli.commands.policy.adopt import as_written
from lejar.cli.commands.policy.coverage import code_exists
from lejar.domain.basis import LegalBasis
from lejar.domain.policy.commands import AdoptPack
from lejar.gateways.rest.mapping import prepared
from lejar.gateways.rest.messages import PrepareRequest
from lejar.kernel.codec import decode
from lejar.kernel.envelope import FORMAT, Body
from lejar.reference import facts, read_pack
from lejar.reference.coverage import with_facts

PACK = Path(__file__).parents[1] / "reference" / "packs" / "xx"
RULE = "xx.ieo.retail_per_issuer"


def run(*words: str) -> Result:
    return CliRunner().invoke(lejar, ["policy", *words])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the pack with two things wrong."""
    copy = tmp_path / "xx"
    shutil.copytree(PACK, copy)
    file = copy / "rules" / "offers.toml"
    text = file.read_text(encoding="utf-8").replace('"2000.00"', "2000").replace('"sc"', '"mof"')
    file.write_text(text, encoding="utf-8")
    return copy


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    answer = run(name, "--help")
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 3


def test_a_sound_pack_is_told_with_its_digest() -> None:
    answer = run("check", str(PACK))
    assert answer.exit_code == 0
    assert answer.output.startswith("xx 2026.11.1: 1 rules, digest ")
    (document,) = json.loads(run("check", str(PACK), "--json").stdout)
    assert document["digest"] in answer.output
    assert document["findings"] == []


def test_a_broken_pack_is_told_line_by_line(broken: Path) -> None:
    answer = run("check", str(broken))
    assert answer.exit_code == 1
    (line,) = answer.output.splitlines()
    assert line.startswith(f"{broken}/rules/offers.toml:19: rule.0.value.limit: expected an amount")
    (document,) = json.loads(run("check", str(broken), "--json").stdout)
    (finding,) = document["findings"]
    assert (finding["line"], finding["key"]) == (19, "rule.0.value.limit")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "no-such-folder"),
        ("check", str(PACK), "--jurisdiction", "my"),
        ("check", "--jurisdiction", "zz"),
        ("rules", "--jurisdiction", "zz"),
        ("coverage", "--jurisdiction", "zz"),
        ("adopt", "--basis", "An order", "--sign", "keeper"),
        ("adopt", str(PACK), "--basis", "An order", "--link", "http:x", "--sign", "keeper"),
        ("adopt", str(PACK), "--basis", "An order"),
    ],
)
def test_wrong_words_are_a_sentence(words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    assert answer.stderr.strip().endswith(".")


def test_the_schema_is_json() -> None:
    assert "2020-12" in json.loads(run("schema").stdout)["$schema"]


def test_rules_are_those_in_force_on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lejar.reference.packs.pack_folder", PACK.parent.joinpath)
    assert [one["id"] for one in rules("2020-10-28")] == [RULE]
    assert [one["id"] for one in rules("2026-05-19")] == [RULE]
    assert rules("2020-10-27") == rules("2026-05-20") == []
    (rule,) = rules("2026-05-19")
    assert rule["value"] == "per issuer; window 12 months; limit 2,000.00"
    answer = run("rules", "--at", "2026-05-19")
    assert RULE in answer.output
    assert "1 rules in force" in answer.output


def rules(day: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(run("rules", "--at", day, "--json").stdout)
    return found


def test_coverage_counts_every_fact_of_every_folder() -> None:
    answer = run("coverage", "--json")
    document = json.loads(answer.stdout)
    assert list(document) == ["facts", "enforced", "not_enforceable", "unmapped"]
    assert document["facts"] == sum(len(facts(one)) for one in with_facts())
    lists = len(document["not_enforceable"]) + len(document["unmapped"])
    assert document["enforced"] + lists == document["facts"]
    assert answer.exit_code == (1 if document["unmapped"] else 0)


def test_coverage_in_words_names_each_fact() -> None:
    output = run("coverage", "--jurisdiction", "kg").output
    assert all(one.id in output for one in facts("kg"))


@pytest.mark.parametrize(
    ("code", "is_there"),
    [
        ("lejar.kernel.codec.encode", True),
        ("lejar.kernel.codec", True),
        ("lejar.domain.policy.freezes.freeze", True),
        ("lejar.kernel.codec.encode_all", False),
        ("lejar.kernels.codec", False),
        ("packs/my/calendar.toml", True),
        ("packs/my/calender.toml", False),
    ],
)
def test_code_that_is_named_must_be_there(code: str, is_there: bool) -> None:  # noqa: FBT001
    assert code_exists(code) is is_there


@pytest.mark.parametrize("jurisdiction", with_facts())
def test_the_code_that_facts_name_is_there(jurisdiction: str) -> None:
    named = [one.enforced_by.partition(":")[0] for one in facts(jurisdiction) if one.enforced_by]
    assert [code for code in named if not code_exists(code)] == []


def test_what_is_sent_to_the_hub_means_the_same_command() -> None:
    asked = AdoptPack(read_pack(PACK), LegalBasis("An order"))
    written = as_written(asked)
    request = PrepareRequest(written.command, msgspec.Raw(msgspec.json.encode(written.arguments)))
    body = Body(FORMAT, bytes(16), bytes(16), 1, bytes(32), msgspec.Raw(b""))
    made = decode(base64.b64decode(prepared(request, body).body), Body)
    assert decode(bytes(made.command), AdoptPack) == asked


def test_a_broken_pack_is_not_adopted(broken: Path) -> None:
    answer = run("adopt", str(broken), "--basis", "An order", "--sign", "keeper")
    assert answer.exit_code == 1
    assert "rule.0.value.limit" in answer.stderr
