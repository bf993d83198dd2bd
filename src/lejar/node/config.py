# SPDX-License-Identifier: Apache-2.0
"""What a deployment may choose: `lejar.toml`, overridden by `LEJAR_*`, one record a component.

A word that nobody knows is refused with its file and line: a setting that is silently not read is
worse than none.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

FILE_NAME: Final = "lejar.toml"
HOME_NAME: Final = "var"
PREFIX: Final = "LEJAR_"
KNOWN_BARE: Final = ("LEJAR_HOME", "LEJAR_CI", "LEJAR_LANG")
"""Variables that are not a component's setting."""
SOCKET_PATH_BYTES_MAX: Final = 100
"""A Unix socket's path is short everywhere: 108 bytes on Linux, 104 elsewhere."""

Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=86400)]
Count = Annotated[int, msgspec.Meta(ge=1, le=2**31)]


class ConfigProblem(Exception):
    """The configuration cannot be used; the text says where and why."""


class Gateway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the pages and REST are served.  Port 0 lets the system choose one."""

    host: str = "127.0.0.1"
    port: Port = 8750
    names: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    """The `Host` names that are answered."""


class Projections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The read models' database; empty means SQLite in the data folder."""

    url: str = ""


class Writer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The writer's bounds."""

    inbox_envelopes: Count = 16_384


class Snapshots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often a helper beside the writer takes a snapshot, and of how many new blocks at least."""

    every_seconds: Seconds = 300.0
    blocks_at_least: Count = 500


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything; `home` is the data folder and is not in the file."""

    home: Path
    file: Path | None
    gateway: Gateway
    projections: Projections
    writer: Writer
    snapshots: Snapshots

    @property
    def database(self) -> str:
        """The URL of the read models."""
        return self.projections.url or f"sqlite:///{self.home / 'projections.sqlite'}"

    @property
    def address(self) -> str:
        """The address of the pages, for people."""
        host = f"[{self.gateway.host}]" if ":" in self.gateway.host else self.gateway.host
        return f"http://{host}:{self.gateway.port}"


COMPONENTS: Final[dict[str, type[Any]]] = {
    "gateway": Gateway,
    "projections": Projections,
    "writer": Writer,
    "snapshots": Snapshots,
}


def load(
    environment: Mapping[str, str], folder: Path, overrides: Mapping[str, str] | None = None
) -> Config:
    """Read the configuration; raises `ConfigProblem`.

    `folder` is the working directory; `overrides` are like variables of the environment, from the
    command line, and come last.
    """
    wanted = {**environment, **(overrides or {})}
    home = (folder / wanted.get("LEJAR_HOME", HOME_NAME)).resolve()
    file = next((path for path in (home / FILE_NAME, folder / FILE_NAME) if path.is_file()), None)
    written = _read(file) if file is not None else {}
    variables = _variables(wanted)
    made: dict[str, Any] = {}
    for name, type_ in COMPONENTS.items():
        made[name] = _component(name, type_, written.get(name, {}), variables, file)
    if len(str(home).encode()) > SOCKET_PATH_BYTES_MAX:
        raise ConfigProblem(
            f"The data folder's path is longer than {SOCKET_PATH_BYTES_MAX} bytes, so no socket "
            f"fits in it: {home}. Name a shorter one with LEJAR_HOME."
        )
    return Config(home=home, file=file, **made)


def _read(file: Path) -> dict[str, dict[str, Any]]:
    text = file.read_text(encoding="utf-8")
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigProblem(f"{file} is not TOML: {error}.") from None
    for name, table in written.items():
        where = f"{file}, line {_line(text, '', name)}"
        if name not in COMPONENTS:
            known = ", ".join(f"[{one}]" for one in COMPONENTS)
            raise ConfigProblem(f"{where}: nothing is called '{name}'; there are {known}.")
        if not isinstance(table, dict):
            raise ConfigProblem(f"{where}: '{name}' is a table, written [{name}].")
        fields = COMPONENTS[name].__struct_fields__
        for key in table:
            if key not in fields:
                line = _line(text, name, key)
                raise ConfigProblem(
                    f"{file}, line {line}: [{name}] has no setting '{key}'; it has "
                    f"{', '.join(fields)}."
                )
    return written


def _line(text: str, table: str, key: str) -> int:
    """Find where a key stands: tomllib does not tell."""
    within = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*([\w.\-]+)\s*\]", line)
        if header is not None:
            within = header[1]
            if not table and within.partition(".")[0] == key:
                return number
        elif within == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return 1


def _variables(environment: Mapping[str, str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name, value in sorted(environment.items()):
        if not name.startswith(PREFIX) or name in KNOWN_BARE:
            continue
        component, _, key = name.removeprefix(PREFIX).lower().partition("_")
        type_ = COMPONENTS.get(component)
        if type_ is None or key not in type_.__struct_fields__:
            raise ConfigProblem(
                f"The variable {name} is no setting of Lejar; `lejar config` shows them all."
            )
        found[component, key] = value
    return found


def _component(
    name: str,
    type_: type[Any],
    table: dict[str, Any],
    variables: Mapping[tuple[str, str], str],
    file: Path | None,
) -> Any:
    merged: dict[str, Any] = dict(table)
    source: dict[str, str] = dict.fromkeys(table, f"{file}, [{name}]")
    for key in type_.__struct_fields__:
        value = variables.get((name, key))
        if value is not None:
            merged[key] = value.split(",") if key == "names" else value
            source[key] = f"the variable {variable_of(name, key)}"
    try:
        return msgspec.convert(merged, type_, strict=False)
    except msgspec.ValidationError as error:
        path = re.search(r"`\$\.(\w+)", str(error))
        where = source.get(path[1], f"[{name}]") if path else f"[{name}]"
        raise ConfigProblem(f"{where} cannot be used: {error}.") from None


def variable_of(component: str, key: str) -> str:
    """Give the variable that overrides a setting."""
    return f"{PREFIX}{component}_{key}".upper()


def shown(config: Config) -> list[tuple[str, str, str]]:
    """Give every setting with its value and its variable, for people."""
    rows = [("home", str(config.home), "LEJAR_HOME")]
    for name, type_ in COMPONENTS.items():
        record = getattr(config, name)
        for key in type_.__struct_fields__:
            value = getattr(record, key)
            text = ",".join(value) if isinstance(value, tuple) else str(value)
            rows.append((f"{name}.{key}", text, variable_of(name, key)))
    return rows
