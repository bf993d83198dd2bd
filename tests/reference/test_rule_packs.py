# SPDX-License-Identifier: Apache-2.0
"""Packs of rules: sound ones become the domain's records, broken ones are refused at their lines.

Each file in `broken_packs` is wrong in one way; a remark on the wrong line says what is said of it:
`# refused: sentence`, several parted by ` | `, an ellipsis for whatever follows.
"""

import tomllib
from datetime import date
from pathlib import Path

import msgspec
import pytest

from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.kinds import test_of as compiled
from lejar.domain.policy.kinds.form import Names, Spec
from lejar.domain.policy.kinds.windows import InvestmentCap, Per
from lejar.domain.policy.pack import (
    RULES_MAX,
    AnySpec,
    Effect,
    Grade,
    Occasion,
    Pack,
    Scope,
    unknown_values,
)
from lejar.domain.policy.soundness import faults
from lejar.kernel.codec import decode, encode
from lejar.kernel.moment import start_of
from lejar.reference import PackErrors, jurisdictions, read_pack, shipped_pack
from lejar.reference.pack_files import PackFile
from lejar.reference.rules.kinds import KINDS, kind_of, value_in_words
from lejar.reference.rules.places import Place
from lejar.reference.rules.times import Moment, Reaching
from lejar.reference.rules.values import Figure, Money, Share

BROKEN = Path(__file__).parent / "broken_packs"
REMARK = "# refused: "
HEAD = """\
format = 1
jurisdiction = "xx"
version = "2026.11.1"
utc_offset_minutes = 480
currency = "MYR"
agencies = ["lhdn"]
"""
FILES = sorted(BROKEN.glob("*.toml"))


def folder(path: Path, files: dict[str, str]) -> Path:
    """Write a pack called xx."""
    pack = path / "xx"
    (pack / "rules").mkdir(parents=True)
    for name, text in ({"pack.toml": HEAD} | files).items():
        (pack / name).write_text(text, encoding="utf-8")
    return pack


def expected(name: str, text: str) -> list[tuple[str, int, str]]:
    """Read the remarks: file, line and sentence."""
    return [
        (name, number, sentence)
        for number, line in enumerate(text.splitlines(), 1)
        if REMARK in line
        for sentence in line.partition(REMARK)[2].split(" | ")
    ]


def is_said(sentence: str, wanted: str) -> bool:
    begin = wanted.removesuffix("…")
    return sentence == wanted if begin == wanted else sentence.startswith(begin)


def test_there_are_broken_packs_enough() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_broken_pack_is_refused_at_its_line_with_its_sentence(file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    name = "pack.toml" if file.stem.startswith("head_") else "rules/broken.toml"
    sound = (BROKEN.parent / "packs" / "xx" / "rules" / "offers.toml").read_text(encoding="utf-8")
    files = {"rules/sound.toml": sound} if name == "pack.toml" else {}
    with pytest.raises(PackErrors) as refused:
        read_pack(folder(tmp_path, files | {name: text}))
    said = [(one.file, one.line, one.sentence) for one in refused.value.errors]
    wanted = expected(name, text)
    assert [one[:2] for one in said] == [one[:2] for one in wanted], said
    assert all(is_said(one[2], other[2]) for one, other in zip(said, wanted, strict=True)), said


SOUND = (BROKEN.parent / "packs" / "xx" / "rules" / "offers.toml").read_text(encoding="utf-8")


def test_a_sound_pack_becomes_rules_with_units_and_local_days() -> None:
    pack = read_pack(BROKEN.parent / "packs" / "xx")
    assert (pack.jurisdiction, pack.version, pack.offset_minutes) == ("xx", "2026.11.1", 480)
    rule = pack.rules[0]
    assert isinstance(rule.spec, InvestmentCap)
    assert rule.spec == InvestmentCap(Per.ISSUER, Window(Reach.MONTHS, 12), 2_000_00)
    assert rule.scope.unless == ("investor.angel",)
    assert rule.scope.occasions == (Occasion.SETTLEMENT,)
    assert rule.valid_from == start_of(date(2020, 10, 28), 480)
    assert rule.is_in_force(start_of(date(2026, 5, 20), 480) - 1)
    assert not rule.is_in_force(start_of(date(2026, 5, 20), 480))
    assert rule.source.grade is Grade.NEWS
    assert rule.basis.link is None


def test_what_a_file_leaves_out_is_as_usual(tmp_path: Path) -> None:
    bare = SOUND
    for gone in ('consult = ["bnm"]\n', "agree = []\n", 'effect = "bind"\n', "from = 2020-10-28\n"):
        bare = bare.replace(gone, "")
    bare = bare[: bare.index("[rule.scope]")] + bare[bare.index("[rule.basis]") :]
    later = bare[bare.index("[[rule]]") :].replace("until =", 'unknown = ["limit"]\nfrom =')
    text = bare + later.replace('limit = "2000.00"\n', "")
    pack = read_pack(folder(tmp_path, {"rules/a.toml": text}))
    first, second = pack.rules
    assert (first.id, first.effect, first.consult, first.agree) == (second.id, Effect.BIND, (), ())
    assert first.scope == Scope()
    assert first.valid_until == second.valid_from
    assert unknown_values(second) == ("limit",)


def test_a_pack_adopts_as_it_is_read() -> None:
    pack = read_pack(BROKEN.parent / "packs" / "xx")
    assert decode(encode(pack), Pack) == pack


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written_read_and_said(kind: str) -> None:
    value = tomllib.loads(f"value = {KINDS[kind].example}")["value"]
    read = KINDS[kind].read(value, Place(PackFile("a.toml", "")))
    spec: Spec = msgspec.convert(read, AnySpec)
    assert kind_of(spec) == kind
    said = value_in_words(spec, 480)
    assert all(key in said for key in value)
    assert compiled(spec, Names({}, 480), "xx.a") is not None or kind in {"duty", "deadline"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0.00", 0), ("0.01", 1), ("2000.00", 2_000_00), ("92233720368547758.07", 2**63 - 1)],
)
def test_money_is_read_and_said_in_the_smallest_unit(text: str, amount: int) -> None:
    place = Place(PackFile("a.toml", ""))
    assert Money().read(text, place) == amount
    assert Money().said(amount, 0).replace(",", "") == text


@pytest.mark.parametrize(
    ("text", "millionths"),
    [("0 %", 0), ("0.0001 %", 1), ("0.1 %", 1_000), ("50 %", 500_000), ("100 %", 1_000_000)],
)
def test_a_share_is_read_and_said_in_millionths(text: str, millionths: int) -> None:
    assert Share().read(text, Place(PackFile("a.toml", ""))) == millionths
    assert Share().said(millionths, 0) == text


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("1 day", Window(Reach.DAYS)),
        ("3660 days", Window(Reach.DAYS, 3660)),
        ("12 months", Window(Reach.MONTHS, 12)),
        ("calendar day", Window(Reach.CALENDAR_DAY)),
        ("calendar year", Window(Reach.CALENDAR_YEAR)),
        ("ever", Window(Reach.EVER)),
    ],
)
def test_a_window_is_read(text: str, window: Window) -> None:
    read = Reaching().read(text, Place(PackFile("a.toml", "")))
    assert msgspec.convert(read, Window) == window


def test_a_figure_is_money_a_share_or_a_number_by_its_writing() -> None:
    place = Place(PackFile("a.toml", ""))
    read = [Figure().read(one, place) for one in ("10000000.00", "33 %", "150 %", 2, -2)]
    assert read == [10_000_000_00, 330_000, 1_500_000, 2, -2]


def test_a_moment_with_its_offset_and_a_local_day_agree() -> None:
    place = Place(PackFile("a.toml", ""), "", 480)
    day = Moment().read(date(2026, 1, 1), place)
    assert day == Moment().read(tomllib.loads("at = 2025-12-31T16:00:00Z")["at"], place)
    assert Moment().said(day, 480) == "2026-01-01"
    assert Moment().said(day, 0) == "2025-12-31T16:00+00:00"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "rules: there are no rules"),
        ({"rules/notes.txt": "", "rules/a.toml": SOUND}, "rules/notes.txt: expected files of"),
        ({"rules/a.toml": f"{SOUND}# {'x' * 200_000}"}, "characters; at most 200000"),
        ({"rules/a.toml": SOUND, "pack.toml": "format = 1\n"}, "pack.toml: version is missing"),
        ({"rules/a.toml": SOUND, "pack.toml": ""}, "pack.toml: format: expected 1, was None"),
    ],
)
def test_a_folder_that_is_no_pack_is_refused(
    files: dict[str, str], says: str, tmp_path: Path
) -> None:
    with pytest.raises(PackErrors) as refused:
        read_pack(folder(tmp_path, files))
    assert says in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    pack = folder(tmp_path, {"rules/a.toml": SOUND})
    (pack / "rules" / "b.toml").write_bytes(b"format = 1 # \xff\n")
    with pytest.raises(PackErrors, match=r"rules/b\.toml: cannot be read"):
        read_pack(pack)


def test_a_folder_without_a_head_is_refused_and_its_rules_are_read_all_the_same(
    tmp_path: Path,
) -> None:
    pack = folder(tmp_path, {"rules/a.toml": SOUND.replace('"2000.00"', "2000")})
    (pack / "pack.toml").unlink()
    with pytest.raises(PackErrors) as refused:
        read_pack(pack)
    assert [one.file for one in refused.value.errors] == ["pack.toml", "rules/a.toml"]


def test_more_rules_than_a_command_carries_are_refused_at_the_first_too_many(
    tmp_path: Path,
) -> None:
    rule = SOUND[SOUND.index("[[rule]]") :]
    ids = [rule.replace("retail_per_issuer", f"cap_{number}") for number in range(RULES_MAX + 1)]
    half = len(ids) // 2
    parts = {"a": ids[:half], "b": ids[half:]}
    files = {
        f"rules/{name}_{at}.toml": "format = 1\n" + "\n".join(part[at : at + 128])
        for name, part in parts.items()
        for at in range(0, len(part), 128)
    }
    with pytest.raises(PackErrors, match=f"a pack has at most {RULES_MAX} rules") as refused:
        read_pack(folder(tmp_path, files))
    (error,) = refused.value.errors
    assert (error.file, error.line) == ("rules/b_512.toml", 2)


def test_faults_of_all_files_are_told_in_order(tmp_path: Path) -> None:
    files = {
        "rules/b.toml": SOUND.replace('owner = "sc"', 'owner = "mof"'),
        "rules/a.toml": SOUND.replace('"2000.00"', "2000").replace('"issuer"', '"person"'),
    }
    with pytest.raises(PackErrors) as refused:
        read_pack(folder(tmp_path, files))
    said = [(one.file, one.key) for one in refused.value.errors]
    assert said == [
        ("rules/a.toml", "rule.0.value.per"),
        ("rules/a.toml", "rule.0.value.limit"),
        ("rules/b.toml", "rule.0.owner"),
    ]
    assert str(refused.value).count("\n") == 2


@pytest.mark.parametrize("jurisdiction", jurisdictions())
def test_a_shipped_pack_is_sound(jurisdiction: str) -> None:
    pack = shipped_pack(jurisdiction)
    assert pack.jurisdiction == jurisdiction
    assert pack.rules
    assert not list(faults(pack))
    assert decode(encode(pack), Pack) == pack
    for rule in pack.rules:
        judges = compiled(rule.spec, Names({}, pack.offset_minutes), rule.id) is not None
        assert judges or kind_of(rule.spec) in {"duty", "deadline"}
