# SPDX-License-Identifier: Apache-2.0
"""`lejar policy explain`: could this account buy so much today; if not, how much, and why."""

from typing import Any

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.voice import Exit, Voice, configured, home_option, hub_option, speaking
from lejar.node.keys import KeyFolder
from lejar.reference.wording import About, fact_label, fact_text


@click.command("explain")
@click.option("--buyer", "account", required=True, metavar="ACCOUNT", help="Where it would go.")
@click.option("--asset", required=True, metavar="INSTRUMENT", help="What would be bought.")
@click.option("--amount", required=True, metavar="UNITS", help="How many of its smallest units.")
@click.option("--paid", metavar="SEN", help="What would be paid in all, in the smallest units.")
@click.option("--currency", metavar="INSTRUMENT", help="What would be paid with.")
@click.option("--seller", metavar="ACCOUNT", help="Where it would come from, if it is known.")
@click.option("--offer", is_flag=True, help="The issuer itself would sell.")
@click.option("--as", "reader", required=True, metavar="KEY", help="Ask as the party of this key.")
@home_option
@hub_option
@speaking
def command(
    voice: Voice,
    *,
    account: str,
    asset: str,
    amount: str,
    paid: str | None,
    currency: str | None,
    seller: str | None,
    offer: bool,
    reader: str,
    home: str | None,
    hub: str | None,
) -> int:
    """Ask the hub's own rules about a purchase; nothing is ordered."""
    config = configured(home)
    question = {
        "account": account,
        "asset": asset,
        "amount": amount,
        "paid": paid,
        "currency": currency,
        "seller": seller,
        "from_issuer": offer,
    }
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        answer = client.ask("/v1/explanations", question, KeyFolder(config.home).read(reader))
    finally:
        client.close()
    voice.document(answer)
    for line in lines(voice, answer):
        voice.say(line)
    return Exit.DONE if answer["allowed"] == answer["question"]["amount"] else Exit.NO


def lines(voice: Voice, answer: dict[str, Any]) -> list[str]:
    """Write an explanation for a person."""
    packs = ", ".join(answer["packs"]) or voice.words("none", "tiada")
    as_at = voice.words(
        f"As at entry {answer['entry']}; packs: {packs}. Balances were not asked.",
        f"Setakat entri {answer['entry']}; pek: {packs}. Baki tidak disemak.",
    )
    return [_verdict(voice, answer), *_binding(voice, answer), *_notes(voice, answer), as_at]


def _notes(voice: Voice, answer: dict[str, Any]) -> list[str]:
    """Say what it would cost besides, and what is not known."""
    cost = voice.words("It would cost besides", "Kos tambahan")
    unknown = voice.words("Not known, so not limited", "Tidak diketahui, jadi tiada had")
    missing = voice.words("No pack was adopted for", "Tiada pek diterima pakai bagi")
    return [
        *(f"{cost} {_ringgit(int(d['amount']))} ({d['rule']})." for d in answer["duties"]),
        *(f"{unknown}: {one}." for one in answer["unknown"]),
        *(f"{missing} '{one}'." for one in answer["missing_packs"]),
    ]


def _ringgit(sen: int) -> str:
    return f"{sen // 100:,}.{sen % 100:02}"


def _verdict(voice: Voice, answer: dict[str, Any]) -> str:
    wanted, allowed = answer["question"]["amount"], answer["allowed"]
    if allowed == wanted:
        return voice.words(f"Yes: all {wanted}.", f"Ya: semua {wanted}.")
    if allowed == "0":
        return voice.words(f"No: none of {wanted}.", f"Tidak: tiada daripada {wanted}.")
    return voice.words(f"Only {allowed} of {wanted}.", f"Hanya {allowed} daripada {wanted}.")


def _binding(voice: Voice, answer: dict[str, Any]) -> list[str]:
    """Say which rules allow less than was wanted, why, and what would change it."""
    wanted = int(answer["question"]["amount"])
    said: list[str] = []
    for one in answer["answers"]:
        if _lets_pass(one, wanted):
            continue
        title = one["title_ms"] if voice.lang == "ms" else one["title"]
        remedy = one["remedy_ms"] if voice.lang == "ms" else one["remedy"]
        told = [_fact(voice, name, value) for name, value in one["facts"] if value is not None]
        facts = "; ".join(told)
        allows = _allows(voice, one)
        advice = "" if one["binds"] else voice.words(" (advice only)", " (nasihat sahaja)")
        said.append(f"- {title}{advice}")
        said.append(f"  {one['rule']} [{one['pack']}; {one['source']}] {allows}")
        said.append(f"  {one['basis']}" + (f" {one['link']}" if one["link"] else ""))
        if facts:
            said.append(f"  {facts}")
        said.append(f"  {remedy} {_then(voice, one, wanted)}".rstrip())
    return said


def _lets_pass(one: dict[str, Any], wanted: int) -> bool:
    """Say whether a rule allows what was wanted."""
    fits = int(one["at_least"]) <= wanted and wanted % int(one["multiple_of"]) == 0
    return fits and (one["allows"] is None or int(one["allows"]) >= wanted)


def _allows(voice: Voice, one: dict[str, Any]) -> str:
    """Say how much a rule allows: up to so much, from so much on, in lots."""
    least, lot = int(one["at_least"]), int(one["multiple_of"])
    most = "" if one["allows"] is None else f" {one['allows']}"
    said = voice.words("allows", "membenarkan") + most
    if least > 1:
        said += voice.words(f", at least {least}", f", sekurang-kurangnya {least}")
    return said + (voice.words(f", in lots of {lot}", f", dalam lot {lot}") if lot > 1 else "")


def _fact(voice: Voice, name: str, value: str) -> str:
    """Write a fact as pages and problems write it; numbers come as texts."""
    number = int(value) if value.removeprefix("-").isdecimal() else value
    text = fact_text(name, number, About())
    shown = value if text is None else text.in_(voice.lang)
    return f"{fact_label(name).in_(voice.lang)}: {shown}"


def _then(voice: Voice, one: dict[str, Any], wanted: int) -> str:
    """Say what would be allowed if this rule alone were satisfied."""
    if not one["binds"]:
        return ""
    then = min(int(one["then_allowed"]), wanted)
    return voice.words(f"Then {then} would be allowed.", f"Kemudian {then} dibenarkan.")
