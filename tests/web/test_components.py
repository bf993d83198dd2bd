# SPDX-License-Identifier: Apache-2.0
"""Each component: its folder is complete, its examples render, what goes in is escaped."""

import json
import re

import pytest
from jinja2 import UndefinedError

from lejar.web.assets import COMPONENTS, ROOM, component_names, style_sheet
from lejar.web.language import Language
from lejar.web.rendering import component
from tests.web.markup import faults, text_of

NAMES = component_names()
EXAMPLES = [
    (name, example["name"], example["params"])
    for name in NAMES
    for example in json.loads((COMPONENTS / name / "examples.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", NAMES)
def test_a_component_is_a_macro_a_style_and_examples(name: str) -> None:
    files = {path.name for path in (COMPONENTS / name).iterdir()}
    assert files == {"macro.html", "style.css", "examples.json"}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("name", "example", "params"), EXAMPLES, ids=lambda value: str(value)[:24])
def test_every_example_is_sound_markup(
    name: str, example: str, params: dict[str, object], language: Language
) -> None:
    html = component(name, params, language)
    assert faults(html) == []
    assert not re.search(r"\{[{%#]|[}%#]\}|None|Undefined", text_of(html))


@pytest.mark.parametrize("name", sorted({name for name, _, _ in EXAMPLES} - {"navigation"}))
def test_what_a_component_is_given_is_escaped(name: str) -> None:
    params = next(params for other, _, params in EXAMPLES if other == name)
    poisoned = json.loads(json.dumps(params), object_hook=poison)
    assert "<b>" not in component(name, poisoned, Language.EN)


def poison(table: dict[str, object]) -> dict[str, object]:
    """Put markup into every text that is not a choice the component branches on."""
    choices = {"tone", "state", "kind", "name", "numeric", "heading", "density", "language"}
    return {
        key: f"<b>{value}\"'" if isinstance(value, str) and key not in choices else value
        for key, value in table.items()
    }


def test_a_parameter_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        component("tag", {"text": "no tone"}, Language.EN)


def test_only_the_tokens_hold_colours() -> None:
    others = [ROOM / "design/base.css", ROOM / "design/layout.css"]
    others += [COMPONENTS / name / "style.css" for name in NAMES]
    pattern = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
    assert [path.name for path in others if pattern.search(path.read_text())] == []


def test_every_token_that_is_used_exists() -> None:
    sheet = style_sheet()
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", sheet))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", sheet)) - defined == set()


def test_every_style_stands_in_its_layer_and_asks_nothing_from_outside() -> None:
    sheet = style_sheet()
    assert sheet.startswith("@layer reset, tokens, base, layout, components;")
    assert sheet.count("{") == sheet.count("}")
    assert not re.search(r"@import|url\(|https?:", sheet)
