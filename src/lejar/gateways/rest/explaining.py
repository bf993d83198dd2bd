# SPDX-License-Identifier: Apache-2.0
"""Refusals and problems in words: RFC 9457 documents, the table of refusals, the catalogue."""

import inspect
import re
from typing import Final

from lejar.assembly import MACHINE
from lejar.gateways.rest.codec import form_of
from lejar.gateways.rest.language import Language
from lejar.gateways.rest.mapping import fact, refusal_message
from lejar.gateways.rest.messages import (
    CommandRow,
    CommandRows,
    Problem,
    RefusalRow,
    RefusalRows,
    Words,
)
from lejar.gateways.rest.problems import KINDS, Stopped
from lejar.kernel import identifiers
from lejar.kernel.entry import Receipt
from lejar.kernel.refusal import KernelRefusal, Row
from lejar.reference import missing_consent
from lejar.reference.wording import About, Reason, reason

REFUSED_STATUS: Final = 422
GATEWAY: Final = "rest"

_PLACE: Final = re.compile(r" - at `(?P<place>\$[^`]{0,200})`\s*\Z")

MODULE_OF: Final[dict[str, str]] = {
    **{refusal.code: "kernel" for refusal in KernelRefusal},
    **{
        refusal.code: module.name
        for module in MACHINE.modules
        for table in module.refusals
        for refusal in table
    },
}
"""The module whose table a refusal stands in."""


def problem_of(stopped: Stopped, language: Language) -> Problem:
    """Explain a problem of this gateway."""
    kind = KINDS[stopped.code]
    found = _PLACE.search(stopped.detail)
    return Problem(
        type=f"/v1/refusals#{stopped.code}",
        title=_sentence(kind.row, language),
        status=kind.status,
        code=stopped.code,
        detail=stopped.detail or _sentence(kind.row, language),
        remedy=_remedy(kind.row, language),
        basis=kind.row.basis,
        place=found["place"] if found else None,
    )


def refusal_problem(
    receipt: Receipt, language: Language, about: About, *, ordered: bool = True
) -> Problem:
    """Explain a refusal; one that was `ordered` has an entry and a receipt to point to."""
    refusal = receipt.refusal
    if refusal is None:
        raise ValueError("an accepted command is no problem")
    known = MACHINE.refusals.get(refusal.code)
    row = known.row if known is not None else Row(refusal.code, refusal.code, "", "", "")
    module = MODULE_OF.get(refusal.code, "unknown")
    said = reason(refusal.code, row, dict(refusal.facts), about, module=module, shown=_shown)
    command_id = identifiers.show("command", receipt.command_id)
    facts = refusal_message(refusal).facts
    return Problem(
        type=f"/v1/refusals#{refusal.code}",
        title=said.sentence.in_(language),
        status=REFUSED_STATUS,
        code=refusal.code,
        detail=_detail(said, facts, language),
        remedy=said.remedy.in_(language),
        basis=said.basis,
        rule=said.rule,
        pack=said.pack,
        link=said.link,
        source=None if said.source is None else said.source.in_(language),
        facts=facts,
        entry=receipt.number if ordered else None,
        receipt=f"/v1/receipts/{command_id}" if ordered else None,
    )


def _shown(name: str, value: int | str | None) -> str | None:
    """Write an id with its prefix."""
    written = fact(name, value)
    return None if written is None else str(written)


def _detail(said: Reason, facts: missing_consent.Facts, language: Language) -> str:
    """Say why in one text: who must still act as a sentence, other facts beside it."""
    if said.code != missing_consent.CODE:
        return said.detail(language)
    english, malay = missing_consent.missing_consent(facts)
    return f"{said.sentence.in_(language)} {malay if language == 'ms' else english}"


def _sentence(row: Row, language: Language) -> str:
    return row.sentence_ms if language == "ms" else row.sentence


def _remedy(row: Row, language: Language) -> str:
    return row.remedy_ms if language == "ms" else row.remedy


def refusal_rows() -> RefusalRows:
    """Give every refusal of the hub by module and precedence, then this gateway's problems."""
    ours = [_row(code, GATEWAY, kind.row, kind.status) for code, kind in KINDS.items()]
    theirs = [
        _row(code, MODULE_OF[code], refusal.row, REFUSED_STATUS)
        for code, refusal in MACHINE.refusals.items()
    ]
    return RefusalRows(theirs + ours)


def _row(code: str, module: str, row: Row, status: int) -> RefusalRow:
    sentence, remedy = Words(row.sentence, row.sentence_ms), Words(row.remedy, row.remedy_ms)
    return RefusalRow(code, module, sentence, remedy, row.basis, status)


def command_rows() -> CommandRows:
    """Give the catalogue: every verb, who signs it, how it is refused, where its schema is."""
    rows = []
    for verb in MACHINE.verbs.values():
        schema = form_of(verb.command, tagged=False).type.__name__
        rows.append(
            CommandRow(
                verb.name,
                verb.name.partition(".")[0],
                inspect.cleandoc(verb.command.__doc__ or ""),
                str(verb.role),
                [refusal.code for refusal in verb.refusals],
                f"/v1/openapi.json#/components/schemas/{schema}",
            )
        )
    return CommandRows(rows)
