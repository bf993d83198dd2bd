# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of our own: made for one run, reachable by nobody else, gone afterwards.

Its programs are used as they are installed; no driver is needed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SETTINGS: Final[Mapping[str, str]] = {
    # Durable, as the hub is: an answer means that it is on the disk. These are the defaults.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Everything fits in memory, and no checkpoint is forced by the amount of log.
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    # No replica listens, so the log need carry nothing for one; plans are too short to compile.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "max_connections": "50",
}
"""What differs from `initdb`'s choice or must not; the rest, group commit too, is PostgreSQL's."""

PROGRAMS: Final = ("initdb", "postgres", "psql", "pgbench")
WAIT_S: Final = 60.0


class Unavailable(Exception):
    """There is no server here, or it did not do what it was asked; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who the programs run as; PostgreSQL refuses to be started by root."""

    uid: int
    gid: int


def installed() -> Path:
    """Give the folder with PostgreSQL's programs, or raise `Unavailable`.

    `POSTGRES_BIN` chooses one; else PATH, else the newest where Debian keeps them.
    """
    chosen = os.environ.get("POSTGRES_BIN")
    on_path = shutil.which("postgres")
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if chosen:
        folders = [Path(chosen)]
    else:
        folders = [*([Path(on_path).resolve().parent] if on_path else []), *kept]
    for folder in folders:
        if all((folder / program).is_file() for program in PROGRAMS):
            return folder
    named = f" in {chosen}" if chosen else ""
    raise Unavailable(f"PostgreSQL ({', '.join(PROGRAMS)}) was not found{named}.")


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


def _account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        found = pwd.getpwnam("postgres")
    except KeyError:
        raise Unavailable("PostgreSQL refuses to run as root, and no user is postgres.") from None
    return Account(found.pw_uid, found.pw_gid)


class Server:
    """Programs that talk to one running server through its socket."""

    def __init__(self, programs: Path, folder: Path, account: Account) -> None:
        self.folder = folder
        self._programs, self._account = programs, account
        # Nothing of a person's own PG* variables may reach the programs.
        self._environment = {
            "PATH": os.defpath,
            "LC_ALL": "C",
            "PGHOST": str(folder),
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
        }

    def start(self, program: str, *words: str) -> "subprocess.Popen[str]":
        """Start a program in a session of its own, so that Ctrl-C reaches us and not it."""
        with (self.folder / "server.log").open("a") as log:
            return subprocess.Popen(
                [str(self._programs / program), *words],
                cwd=self.folder,
                env=self._environment,
                user=self._account.uid,
                group=self._account.gid,
                extra_groups=[] if os.geteuid() == 0 else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def run(self, program: str, *words: str, text: str = "") -> str:
        """Run a program to its end and give what it printed, or raise `Unavailable`."""
        done = subprocess.run(
            [str(self._programs / program), *words],
            cwd=self.folder,
            env=self._environment,
            user=self._account.uid,
            group=self._account.gid,
            extra_groups=[] if os.geteuid() == 0 else None,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()[-2000:]
            raise Unavailable(f"{program} ended with {done.returncode}: {said}")
        return done.stdout

    def sql(self, text: str, **variables: int) -> list[list[str]]:
        """Run SQL, all of it or up to its first error, and give rows of text fields."""
        given = [f"--set={name}={value}" for name, value in variables.items()]
        words = ("--no-psqlrc", "--quiet", "--no-align", "--tuples-only")
        out = self.run("psql", *words, "--set=ON_ERROR_STOP=1", *given, text=text)
        return [line.split("|") for line in out.splitlines()]


@contextmanager
def private_server(programs: Path) -> Iterator[Server]:
    """Make a server in a temporary folder, and stop and remove it whatever happens."""
    account = _account()
    with tempfile.TemporaryDirectory(prefix="lejar-peers-") as name:
        folder = Path(name)
        os.chown(folder, account.uid, account.gid)
        server = Server(programs, folder, account)
        _make(server)
        running = server.start("postgres", "-D", "data")
        try:
            _await(server, running)
            yield server
        finally:
            _stop(running)


def _make(server: Server) -> None:
    words = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync")
    server.run("initdb", "-D", "data", *words)
    # No network at all, and a socket in a folder that only its owner (and root) may enter.
    own = {"listen_addresses": "", "unix_socket_directories": str(server.folder), **SETTINGS}
    with (server.folder / "data" / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in own.items())


def _await(server: Server, running: "subprocess.Popen[str]") -> None:
    ends = time.monotonic() + WAIT_S
    while running.poll() is None and time.monotonic() < ends:
        try:
            server.sql("SELECT 1;")
        except Unavailable:
            time.sleep(0.1)
        else:
            return
    log = (server.folder / "server.log").read_text()[-2000:]
    raise Unavailable(f"The PostgreSQL server did not come up: {log.strip()}")


def _stop(running: "subprocess.Popen[str]") -> None:
    """Stop fast, and at once if that takes long: nothing in it is worth keeping."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if running.poll() is None:
            running.send_signal(how)
        try:
            running.wait(WAIT_S / 2)
        except subprocess.TimeoutExpired:
            continue
        return
