# SPDX-License-Identifier: Apache-2.0
"""`lejar node`: the node's own processes, and what one asks of a data folder."""

import asyncio

import click
import msgspec

from lejar.cli.voice import Exit, Voice, configured, home_option, speaking
from lejar.node.config import Config

supervised_option = click.option("--supervised", is_flag=True, hidden=True)


@click.group("node")
def command() -> None:
    """Run the node's processes one by one, or examine a data folder."""


@command.command("writer")
@home_option
@supervised_option
@speaking
def writer(_voice: Voice, home: str | None, supervised: bool) -> int:
    """Run the writer: orders, journals, applies and seals."""
    from lejar.node.serve_writer import serve_writer

    return serve_writer(configured(home), supervised=supervised)


@command.command("projector")
@home_option
@supervised_option
@speaking
def projector(_voice: Voice, home: str | None, supervised: bool) -> int:
    """Run the projector: folds what is sealed into tables and tiles."""
    from lejar.node.serve_projector import serve_projector

    return serve_projector(configured(home), supervised=supervised)


@command.command("gateway")
@home_option
@supervised_option
@speaking
def gateway(_voice: Voice, home: str | None, supervised: bool) -> int:
    """Run the gateway: pages and REST."""
    from lejar.cli.gateway.application import serve_gateway

    return serve_gateway(configured(home), supervised=supervised)


@command.command("snapshot")
@home_option
@supervised_option
@speaking
def snapshot(voice: Voice, home: str | None, supervised: bool) -> None:
    """Take a snapshot beside the running writer, by replaying what it acknowledged."""
    from lejar.node.process import ProcessLog
    from lejar.node.replaying import snapshot_beside

    config = configured(home)
    least = config.snapshots.blocks_at_least if supervised else 1
    taken = snapshot_beside(config.home, ProcessLog("snapshot"), blocks_at_least=least)
    voice.document(None if taken is None else {"name": taken.name, "items": taken.items})
    if taken is None:
        voice.say("The newest snapshot is recent enough.")
    else:
        voice.say(f"{taken.name} holds {taken.items} records, {taken.size_bytes} bytes.")


@command.command("doctor")
@home_option
@speaking
def doctor(voice: Voice, home: str | None) -> int:
    """Say in sentences what is well in a data folder, what is not, and what to do."""
    from lejar.node.doctor import examine

    config = configured(home)
    try:
        diagnosis = examine(config.home)
    except FileNotFoundError as error:
        voice.say(str(error))
        voice.document({"folder": str(config.home), "findings": []})
        return Exit.SETUP
    voice.document(msgspec.to_builtins(diagnosis))
    for finding in diagnosis.findings:
        voice.say(f"{finding.severity:8} {finding.subject}: {finding.sentence} {finding.remedy}".rstrip())
    return Exit.NO if _is_ill(diagnosis.findings) else Exit.DONE


@command.command("replay")
@home_option
@click.option("--whole/--from-snapshot", default=True, help="From the genesis, or a snapshot.")
@speaking
def replay(voice: Voice, home: str | None, whole: bool) -> None:
    """Apply the whole journal again and compare every digest; changes nothing."""
    from lejar.node.process import ProcessLog
    from lejar.node.replaying import replay as replayed

    config = configured(home)
    with voice.progress("Replaying", 1) as move:

        def progress(block: int, last: int) -> None:
            move(block, f"Replaying block {block} of {last}")

        done = replayed(config.home, ProcessLog("replay"), progress, whole=whole)
    voice.document(
        {
            "block": done.seal.block,
            "entry": done.entry,
            "log_root": done.seal.log_root.hex(),
            "state_root": done.seal.state_root.hex(),
            "from_block": done.from_block,
        }
    )
    voice.say(
        f"Blocks {done.from_block + 1} to {done.seal.block} gave what was recorded.\n"
        f"Entry {done.entry}, log root {done.seal.log_root.hex()},\n"
        f"state root {done.seal.state_root.hex()}."
    )


@command.command("checkpoint")
@home_option
@speaking
def checkpoint(voice: Voice, home: str | None) -> None:
    """Print a signed checkpoint of this moment, from the running writer."""
    note = asyncio.run(_checkpoint(configured(home)))
    voice.document({"checkpoint": note})
    voice.say(note.rstrip())


async def _checkpoint(config: Config) -> str:
    from lejar.node.link import Link

    link = await Link.open(config.home)
    try:
        return await link.checkpoint()
    finally:
        await link.close()


def _is_ill(findings: object) -> bool:
    from lejar.node.diagnosis import Finding

    return any(
        isinstance(one, Finding) and one.severity not in {"good", "note"}
        for one in (findings if isinstance(findings, tuple) else ())
    )
