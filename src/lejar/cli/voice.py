# SPDX-License-Identifier: Apache-2.0
"""How commands answer: sentences for people, one JSON document for programs, never a traceback."""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, Concatenate, NoReturn, ParamSpec

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from lejar.kernel.failure import Broken, Malformed, Unavailable
from lejar.node.config import Config, ConfigProblem, load
from lejar.node.failures import DataFolderLocked, JournalCorrupt
from lejar.node.keys import KeyProblem

P = ParamSpec("P")


class Exit(IntEnum):
    """What the exit code says."""

    DONE = 0
    NO = 1
    USAGE = 2
    NO_ANSWER = 3
    SETUP = 4


class Problem(Exception):
    """Why a command could not do what was asked; `more` are the facts, for `--json`."""

    def __init__(self, exit_code: Exit, sentence: str, **more: object) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
        self.sentence = sentence
        self.more = more


class Voice:
    """Speaks to a person or to a program, in one of two languages."""

    def __init__(self, *, json: bool, lang: str) -> None:
        self.json = json
        self.lang = lang
        self.console = Console(highlight=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Say a sentence to a person; programs hear nothing."""
        if not self.json:
            self.console.print(text, markup=False)

    def words(self, en: str, ms: str) -> str:
        """Choose the language."""
        return ms if self.lang == "ms" else en

    def document(self, value: object) -> None:
        """Give a program its one JSON document; people see nothing."""
        if self.json:
            click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Callable[[int, str], None]]:
        """Show a bar to a person; gives what to call with (done, what is done now)."""
        shown = not self.json and sys.stderr.isatty()
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not shown,
            transient=True,
        ) as bar:
            task = bar.add_task(what, total=total)

            def move(done: int, now: str) -> None:
                bar.update(task, completed=done, description=now or what)

            yield move


def speaking(
    function: Callable[Concatenate[Voice, P], int | None],
) -> Callable[P, None]:
    """Give a command `--json` and `--lang`, a voice, and its exit code."""

    @click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
    @click.option(
        "--lang",
        type=click.Choice(["en", "ms"]),
        default=lambda: "ms" if os.environ.get("LEJAR_LANG") == "ms" else "en",
        help="Language of sentences.",
    )
    @functools.wraps(function)
    def spoken(*args: P.args, **named: P.kwargs) -> None:
        voice = Voice(json=bool(named.pop("as_json")), lang=str(named.pop("lang")))
        try:
            code = function(voice, *args, **named)
        except Problem as problem:
            _fail(voice, problem)
        except (KeyProblem, ConfigProblem, DataFolderLocked, JournalCorrupt) as error:
            _fail(voice, Problem(Exit.SETUP, str(error)))
        except (Unavailable, ConnectionError) as error:
            _fail(voice, Problem(Exit.NO_ANSWER, str(error)))
        except Malformed as malformed:
            _fail(voice, Problem(Exit.NO, str(malformed)))
        except Broken as broken:
            _fail(voice, Problem(Exit.NO, f"This is a defect of the program: {broken}."))
        sys.exit(int(code or 0))

    return spoken


def configured(home: str | None = None, port: int | None = None) -> Config:
    """Read the configuration of the working directory, with what the command line says."""
    overrides: dict[str, str] = {}
    if home is not None:
        overrides["LEJAR_HOME"] = home
    if port is not None:
        overrides["LEJAR_GATEWAY_PORT"] = str(port)
    return load(os.environ, Path.cwd(), overrides)


home_option = click.option(
    "--home", metavar="FOLDER", help="The data folder; otherwise LEJAR_HOME, or ./var."
)
hub_option = click.option(
    "--hub", metavar="URL", help="The hub's address; otherwise the node in the data folder."
)


def _fail(voice: Voice, problem: Problem) -> NoReturn:
    if voice.json:
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": problem.exit_code.name.lower(),
            "detail": problem.sentence,
            **problem.more,
        }
        click.echo(msgspec.json.encode(body).decode(), err=True)
    else:
        click.echo(problem.sentence, err=True)
        remedy = problem.more.get("remedy")
        if remedy:
            click.echo(str(remedy), err=True)
    sys.exit(int(problem.exit_code))
