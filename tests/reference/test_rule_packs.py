# SPDX-License-Identifier: Apache-2.0
"""Packs of rules: sound ones become the domain's records, broken ones are refused at their lines.

Each file in `broken_packs` is wrong in one way; a remark on the wrong line says what is said of it:
`# refused: sentence`, several parted by ` | `, an ellipsis for whatever follows.
"""

from pathlib import Path

import pytest

from lejar.reference import PackErrors, read_pack

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
