# SPDX-License-Identifier: Apache-2.0
"""Each rule of tidy, on texts that break it and texts that keep it."""

import pytest

from tools.catalogue import CommandEntry, Field, RefusalEntry
from tools.tidy import described, reach, sizes, words

TOP = '# SPDX-License-Identifier: Apache-2.0\n"""A thing."""\n'


def function(lines: int, docstring: int = 0) -> str:
    """Return a function of so many lines, and a docstring of so many more."""
    prose = "word\n" * (docstring - 1)
    text = [f'    """{prose}"""'] if docstring else []
    return "\n".join(["def f() -> None:", *text, *["    g()"] * (lines - 1)]) + "\n"


def exemption(lines: int, reason: str = "it is a table") -> str:
    return f'[[function]]\npath = "src/a.py"\nname = "f"\nlines = {lines}\nreason = "{reason}"\n'


class TestSizes:
    """The ratchet."""

    @pytest.mark.parametrize(
        ("lines", "docstring", "problems"),
        [(50, 0, 0), (51, 0, 1), (50, 20, 0)],
        ids=["at the limit", "over the limit", "a docstring does not count"],
    )
    def test_a_function_has_a_hard_limit(self, lines: int, docstring: int, problems: int) -> None:
        texts = {"src/a.py": function(lines, docstring)}
        assert len(list(sizes.check(texts))) == problems

    def test_a_file_has_a_hard_limit(self) -> None:
        assert not list(sizes.check({"src/a.py": "x = 1\n" * 500}))
        assert list(sizes.check({"src/a.py": "x = 1\n" * 501}))

    def test_an_exempted_function_may_not_grow(self) -> None:
        assert not list(sizes.check({"src/a.py": function(60), sizes.EXEMPTIONS: exemption(60)}))
        assert list(sizes.check({"src/a.py": function(61), sizes.EXEMPTIONS: exemption(60)}))

    def test_an_exemption_goes_when_it_is_not_needed(self) -> None:
        (problem,) = sizes.check({"src/a.py": function(50), sizes.EXEMPTIONS: exemption(60)})
        assert "remove its exemption" in problem.sentence

    def test_an_exemption_names_something_and_a_reason(self) -> None:
        assert list(sizes.check({sizes.EXEMPTIONS: exemption(60)}))
        without = {"src/a.py": function(60), sizes.EXEMPTIONS: exemption(60, reason="")}
        assert list(sizes.check(without))

    def test_a_method_is_named_with_its_class(self) -> None:
        body = "class A:\n    def f(self) -> None:\n        g()\n"
        assert ("src/a.py", "A.f") in dict(sizes.measure({"src/a.py": body}))

    def test_the_soft_limits_are_counted(self) -> None:
        assert sizes.over_soft_limits({"src/a.py": function(31)}) == (1, 0)
        assert sizes.over_soft_limits({"src/a.py": "x = 1\n" * 301}) == (0, 1)


BAD_TEXTS = {
    "an empty file name": ("src/lejar/node/utils.py", TOP),
    "an empty folder name": ("src/lejar/helpers/door.py", TOP),
    "an empty ending": ("src/lejar/node/key_manager.py", TOP),
    "an empty class name": ("src/a.py", TOP + "class KeyManager:\n    pass\n"),
    "no licence": ("src/a.py", '"""A thing."""\n'),
    "no licence in a script": ("tools/a.sh", "#!/bin/sh\n"),
    "no docstring": ("src/a.py", "# SPDX-License-Identifier: Apache-2.0\n"),
    "a leftover": ("src/a.py", TOP + "# TO" + "DO later\n"),
    "a leftover in a page": ("docs/a.md", "# A\n\nFIX" + "ME\n"),
    "a path of one machine": ("docs/a.md", "# A\n\nsee /ro" + "ot/lejar\n"),
    "an index in the lock": ("requirements/a.txt", "--index" + "-url x\n"),
    "no title": ("docs/a.md", "text\n"),
    "two titles": ("docs/a.md", "# A\n\n# B\n"),
}

GOOD_TEXTS = {
    "a module": ("src/lejar/domain/servicing/handlers.py", TOP + "class Servicing:\n    pass\n"),
    "a script": ("tools/a.sh", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"),
    "a code with three letters": ("src/a.py", TOP + 'NO_CURRENCY = "XX' + 'X"\n'),
    "an address in a page": ("docs/a.md", "# A\n\nopen `/v1/root` or `a/wo" + "rk/b`\n"),
    "a heading in a fence": ("docs/a.md", "# A\n\n```sh\n# a comment\n```\n"),
}


class TestWords:
    """Names, headers, leftovers, titles."""

    @pytest.mark.parametrize(("path", "text"), BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
    def test_it_is_found(self, path: str, text: str) -> None:
        assert len(list(words.check({path: text}))) == 1

    @pytest.mark.parametrize(("path", "text"), GOOD_TEXTS.values(), ids=GOOD_TEXTS.keys())
    def test_it_is_left_alone(self, path: str, text: str) -> None:
        assert not list(words.check({path: text}))


class TestReach:
    """Every file of the package is used."""

    CLI = "src/lejar/cli/__init__.py"

    @pytest.mark.parametrize(
        "line",
        [
            "from lejar.kernel import codec",
            "from lejar.kernel.codec import encode",
            "import lejar.kernel.codec",
            'PROGRAM = "lejar.kernel.codec:main"',
        ],
    )
    def test_a_mention_reaches_it(self, line: str) -> None:
        texts = {self.CLI: line + "\n", "src/lejar/kernel/codec.py": TOP}
        assert not list(reach.check(texts))

    def test_a_file_that_nothing_imports_is_found(self) -> None:
        (problem,) = reach.check({self.CLI: TOP, "src/lejar/kernel/codec.py": TOP})
        assert problem.path == "src/lejar/kernel/codec.py"

    def test_a_test_alone_keeps_a_file_only_until_there_is_a_command_line(self) -> None:
        texts = {"src/lejar/a.py": TOP, "tests/test_a.py": "import lejar.a\n"}
        assert not list(reach.check(texts))
        assert list(reach.check({**texts, self.CLI: TOP}))


PAY = CommandEntry(
    module="money",
    name="IssueMoney",
    tag="money.issue",
    role="operate",
    text="Issue.",
    fields=(Field("sen", "integer"),),
    refusals=(RefusalEntry("not_money", "Not money.", "Bukan wang.", "", "", ""),),
)
COMPLETE = {
    "tests/scenarios/money.scenario": "when bnm IssueMoney 5 then accepted\n",
    "docs/reference/commands.md": "### IssueMoney\n",
}


class TestDescribed:
    """What a program can see of the checklist for a command."""

    def test_a_complete_command_passes(self) -> None:
        assert not list(described.check(COMPLETE, [PAY]))

    def test_refusals_are_asked_for(self) -> None:
        (problem,) = described.check(COMPLETE, [PAY._replace(refusals=())])
        assert "no refusals" in problem.sentence

    @pytest.mark.parametrize("missing", COMPLETE.keys())
    def test_scenario_and_reference_are_asked_for(self, missing: str) -> None:
        texts = {path: text for path, text in COMPLETE.items() if path != missing}
        assert len(list(described.check(texts, [PAY]))) == 1

    def test_a_longer_name_is_not_a_mention(self) -> None:
        texts = COMPLETE | {"tests/scenarios/money.scenario": "when bnm IssueMoneyAgain\n"}
        assert len(list(described.check(texts, [PAY]))) == 1
