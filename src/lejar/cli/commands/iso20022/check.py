# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022 check`: what a message is, and everything that is wrong with it."""

from pathlib import Path

import click
import msgspec

from lejar.cli.voice import Exit, Voice, speaking
from lejar.gateways.iso20022.checking import Report, check
from lejar.gateways.iso20022.findings import Finding


class ShownFinding(msgspec.Struct, frozen=True):
    """One thing that is wrong, for a program."""

    line: int
    path: str
    rule: str
    sentence: str
    remedy: str
    detail: str


class ShownReport(msgspec.Struct, frozen=True, kw_only=True):
    """One file, for a program."""

    file: str
    identifier: str | None
    sender: str | None
    receiver: str | None
    message_id: str | None
    count: int | None
    amounts: dict[str, str]
    schema_valid: bool
    rule_valid: bool | None
    findings: tuple[ShownFinding, ...]


@click.command("check", epilog="Exit codes: 0 valid, 1 something is wrong, 2 no message in it.")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
@speaking
def command(voice: Voice, files: tuple[Path, ...]) -> int:
    """Say what the messages in FILES are, and what is wrong with them: one finding a line."""
    reports = [(file, check(file.read_bytes())) for file in files]
    for file, report in reports:
        _say(voice, file, report)
    voice.document([_shown(voice, file, report) for file, report in reports])
    return max(_exit(report) for _, report in reports)


def _exit(report: Report) -> Exit:
    if report.identifier is None:
        return Exit.USAGE
    return Exit.NO if report.findings else Exit.DONE


def _say(voice: Voice, file: Path, report: Report) -> None:
    if report.identifier is not None:
        voice.say(f"{file}: {_description(voice, report)}")
    for finding in report.findings:
        voice.say(f"{file}:{finding.line} {finding.told(voice.lang)}")


def _description(voice: Voice, report: Report) -> str:
    title = voice.words(report.title or "", report.title_ms or "")
    parts = [f"{report.identifier} {title}"]
    if report.sender or report.receiver:
        words = voice.words("from {} to {}", "daripada {} kepada {}")
        parts.append(words.format(report.sender or "-", report.receiver or "-"))
    if report.message_id:
        parts.append(f"id {report.message_id}")
    if report.count is not None:
        parts.append(f"{report.count} {voice.words('in number', 'bilangan')}")
    parts += [f"{currency} {amount}" for currency, amount in report.amounts.items()]
    parts.append(_verdict(voice, report))
    return ", ".join(parts)


def _verdict(voice: Voice, report: Report) -> str:
    if not report.schema_valid:
        return voice.words("not valid by its schema", "tidak sah menurut skema")
    if not report.rule_valid:
        return voice.words(
            "valid by its schema but not by the rules",
            "sah menurut skema tetapi tidak menurut peraturan",
        )
    return voice.words("valid by schema and rules", "sah menurut skema dan peraturan")


def _shown(voice: Voice, file: Path, report: Report) -> ShownReport:
    return ShownReport(
        file=str(file),
        identifier=report.identifier,
        sender=report.sender,
        receiver=report.receiver,
        message_id=report.message_id,
        count=report.count,
        amounts=report.amounts,
        schema_valid=report.schema_valid,
        rule_valid=report.rule_valid,
        findings=tuple(_finding(voice, finding) for finding in report.findings),
    )


def _finding(voice: Voice, found: Finding) -> ShownFinding:
    return ShownFinding(
        line=found.line,
        path=found.path,
        rule=found.rule.id,
        sentence=found.rule.sentence(voice.lang),
        remedy=found.rule.remedy(voice.lang),
        detail=found.detail,
    )
