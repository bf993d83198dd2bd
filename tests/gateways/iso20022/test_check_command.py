# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022 check`: one finding a line, and an exit code that programs can ask."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lejar.cli import lejar
from tests.gateways.iso20022.examples import GOOD, changed

PAYMENT = str(GOOD["pacs.008.001.08"])


def run(*words: str) -> Result:
    return CliRunner().invoke(lejar, ["iso20022", "check", *words])


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A payment with two things wrong."""
    text = changed("pacs.008.001.08", "<NbOfTxs>2", "<NbOfTxs>3")
    file = tmp_path / "broken.xml"
    file.write_text(text.replace("<CtrlSum>1750.50", "<CtrlSum>1"), encoding="utf-8")
    return str(file)


def test_a_good_message_is_described() -> None:
    answer = run(PAYMENT)
    assert answer.exit_code == 0
    assert answer.output == (
        f"{PAYMENT}: pacs.008.001.08 customer credit transfer, from ALFAMYKLXXX to HUBLMYKLXXX, "
        "id ALFA-20261102-1, 2 in number, MYR 1750.50, valid by schema and rules\n"
    )


def test_each_finding_has_a_line_of_its_own(broken: str) -> None:
    answer = run(broken)
    assert answer.exit_code == 1
    first, *findings = answer.output.splitlines()
    assert first.endswith("valid by its schema but not by the rules")
    assert [line.split(" ")[:2] for line in findings] == [
        [f"{broken}:16", "count-wrong"],
        [f"{broken}:17", "sum-wrong"],
    ]
    assert "[says 3, has 2]" in findings[0]


def test_several_files_and_the_worst_of_them(broken: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html></html>", encoding="utf-8")
    answer = run(PAYMENT, broken, str(page))
    assert answer.exit_code == 2
    assert answer.output.splitlines()[-1].startswith(f"{page}:1 envelope-document ")


def test_a_program_gets_a_document(broken: str) -> None:
    answer = run(PAYMENT, broken, "--json")
    assert answer.exit_code == 1
    good, bad = json.loads(answer.output)
    assert (good["identifier"], good["count"], good["amounts"]) == (
        "pacs.008.001.08",
        2,
        {"MYR": "1750.50"},
    )
    assert (good["schema_valid"], good["rule_valid"], good["findings"]) == (True, True, [])
    assert [(f["rule"], f["line"]) for f in bad["findings"]] == [
        ("count-wrong", 16),
        ("sum-wrong", 17),
    ]
    assert all(f["sentence"] and f["remedy"] and f["path"] for f in bad["findings"])


def test_it_speaks_malay(broken: str) -> None:
    answer = run(broken, "--lang", "ms")
    assert "sah menurut skema tetapi tidak menurut peraturan" in answer.output
    assert "Bilangan transaksi tidak seperti yang dinyatakan mesej." in answer.output


def test_a_file_that_is_not_there_is_a_wrong_word() -> None:
    assert run("nowhere.xml").exit_code == 2
