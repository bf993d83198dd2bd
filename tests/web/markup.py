# SPDX-License-Identifier: Apache-2.0
"""What every piece of our HTML must be, checked with the standard library's tokenizer.

A browser mends bad markup silently; this does not.
"""

from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})
PHRASING_ONLY: Final = frozenset({"p", "h1", "h2", "h3", "span", "summary", "a", "button"})
BLOCKS: Final = frozenset(
    {"div", "p", "table", "dl", "ul", "ol", "section", "details", "figure", "pre", "h2", "h3"}
)
REFERENCES: Final = ("aria-labelledby", "aria-describedby", "for")


class Markup(HTMLParser):
    """Reads HTML and collects what is wrong with it in `faults`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.wanted: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open and self.open[-1] in PHRASING_ONLY and tag in BLOCKS:
            self.faults.append(f"<{tag}> inside <{self.open[-1]}>")
        self._attributes(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"script", "style"} and data.strip():
            self.faults.append(f"inline {self.open[-1]}")
        self.text.append(data)

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"{name} on <{tag}>")
            if name in {"href", "src", "action"} and (value or "").lower().startswith("javascript"):
                self.faults.append(f"script in {name}")
            if name == "id":
                if value in self.ids:
                    self.faults.append(f"id {value} twice")
                self.ids.add(value or "")
            if name in REFERENCES:
                self.wanted |= set((value or "").split())


def faults(html: str) -> list[str]:
    """Return everything wrong with a page or a fragment."""
    markup = Markup()
    markup.feed(html)
    markup.close()
    missing = markup.wanted - markup.ids
    return markup.faults + [f"no element {name}" for name in sorted(missing)] + markup.open


def text_of(html: str) -> str:
    """Return the text of a page."""
    markup = Markup()
    markup.feed(html)
    return "".join(markup.text)
