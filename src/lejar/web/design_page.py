# SPDX-License-Identifier: Apache-2.0
"""The living page of the design system: every component, from its own examples.

The same examples drive the tests, so what this page shows is what was checked.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

from lejar.web import assets
from lejar.web.language import Language
from lejar.web.rendering import component

PURPOSE_MARK: Final = "{#- params:"


@dataclass(frozen=True, slots=True)
class Example:
    """One use of a component."""

    name: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Component:
    """A component with its examples; `purpose` is the comment above its macro."""

    name: str
    purpose: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class DesignView:
    """The page of components."""

    components: tuple[Component, ...]


@cache
def design_view(language: Language) -> DesignView:
    """Return every component with its examples rendered in a language."""
    return DesignView(tuple(_component(name, language) for name in assets.component_names()))


def _component(name: str, language: Language) -> Component:
    folder = assets.COMPONENTS / name
    source = (folder / "macro.html").read_text(encoding="utf-8")
    purpose = source.partition(PURPOSE_MARK)[2].partition("-#}")[0]
    examples = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
    return Component(
        name=name,
        purpose=f"params: {' '.join(purpose.split())}",
        examples=tuple(
            Example(example["name"], component(name, example["params"], language))
            for example in examples
        ),
    )
