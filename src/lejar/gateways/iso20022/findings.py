# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a message, and where: one finding, one line.

A finding may show a piece of what was sent. It is short and printable, whatever was sent, so that
it can stand in a terminal, a log or an answer to a bank.
"""

from typing import Final

import msgspec

from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.tree import Node

FINDINGS_MAX: Final = 200
"""A message that is wrong everywhere is not worth a longer list than this."""

SHOWN_MAX: Final = 40


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong; `line` is 0 when it is wrong with the file as a whole."""

    line: int
    path: str
    rule: Rule
    detail: str = ""

    def told(self, lang: str) -> str:
        """Write it in one line, in English or Malay."""
        place = f" ({self.path})" if self.path else ""
        detail = f" [{self.detail}]" if self.detail else ""
        words = f"{self.rule.sentence(lang)} {self.rule.remedy(lang)}"
        return f"{self.rule.id} {words}{detail}{place}"


def at(node: Node, rule: Rule, detail: str = "") -> Finding:
    """Find a rule broken at an element."""
    return Finding(node.line, node.path, rule, detail)


def whole(rule: Rule, detail: str = "", line: int = 0) -> Finding:
    """Find a rule broken by the file as a whole."""
    return Finding(line, "", rule, detail)


def shown(text: str) -> str:
    """Make a piece of somebody else's text safe to show."""
    safe = "".join(c if c.isascii() and c.isprintable() else "?" for c in text[:SHOWN_MAX])
    return f"{safe}..." if len(text) > SHOWN_MAX else safe
