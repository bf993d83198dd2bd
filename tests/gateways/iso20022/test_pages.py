# SPDX-License-Identifier: Apache-2.0
"""The page about checking says what the code accepts, and its example is what is printed."""

from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from lejar.cli import lejar
from lejar.gateways.iso20022.catalogue import KINDS
from lejar.gateways.iso20022.rule_table import Rule
from tests.gateways.iso20022.examples import good

PAGE: Final = (Path(__file__).parents[3] / "docs/how-to/iso20022.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_the_page_lists_the_versions(name: str) -> None:
    one = KINDS[name]
    assert f"| {one.name} | {one.title} | {', '.join(one.versions)} |" in PAGE


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: str(rule.id))
def test_the_page_lists_the_rules(rule: Rule) -> None:
    assert f"| `{rule.id}` | {rule.sentence('en')} | {rule.remedy('en')} |" in PAGE


def test_the_page_shows_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for change in ("<NbOfTxs>2", "<NbOfTxs>3"):
        text = good().replace("<NbOfTxs>2", change)
        Path("payment.xml").write_text(text, encoding="utf-8")
        output = CliRunner().invoke(lejar, ["iso20022", "check", "payment.xml"]).output
        assert output.splitlines()[-1] in PAGE
