# SPDX-License-Identifier: Apache-2.0
"""The same page for programs: `?format=json` gives all of it, `?format=csv` one of its tables.

What a page shows and what it exports come from one view, so nobody exports what they may not see.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Final, TypeAlias

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

TABLES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "home.html": {"latest": ("latest",), "instruments": ("instruments",)},
    "entries.html": {"rows": ("rows",)},
    "parties.html": {"rows": ("rows",)},
    "instruments.html": {"rows": ("rows",)},
    "instructions.html": {"rows": ("rows",)},
    "directives.html": {"rows": ("rows",)},
    "proposals.html": {"rows": ("rows",)},
    "proposal.html": {"sides": ("sides",)},
    "requirements.html": {"rows": ("rows",)},
    "receipt.html": {"postings": ("postings",)},
    "party.html": {"accounts": ("accounts",), "entries": ("latest",), "keys": ("keys",)},
    "statement.html": {"rows": ("rows",)},
    "instrument.html": {"payments": ("payments",), "holders": ("holders", "rows")},
    "instruction.html": {"legs": ("legs",)},
    "queue.html": {"rows": ("rows",), "givers": ("givers",)},
    "settlement_day.html": {
        "currencies": ("currencies",),
        "priorities": ("priorities",),
        "passes": ("passes",),
    },
    "money.html": {
        "currencies": ("currencies",),
        "claims": ("claims",),
        "credits": ("credits",),
        "facilities": ("facilities",),
        "collateral": ("collateral",),
        "tiers": ("tiers",),
    },
    "packs.html": {"rows": ("rows",), "lists": ("lists",), "duties": ("duties",)},
    "pack.html": {"rules": ("rows",), "versions": ("versions",), "names": ("names",)},
    "rule.html": {"history": ("history",)},
    "cohorts.html": {"rows": ("rows",)},
    "cohort.html": {"rules": ("relaxed",)},
    "obligations.html": {"counts": ("counts",), "rows": ("rows",)},
    "reconciliation.html": {"rows": ("rows",), "statements": ("statements",)},
    "explain.html": {"rules": ("verdict", "rows")},
    "verify.html": {"keys": ("keys",)},
}
"""The tables of a page by the name that `?table=` takes; the first is the page's own."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def exported_as(request: Request, template: str, view: object) -> Response | None:
    """Return a view in the format asked for; None: as a page."""
    wanted = request.query_params.get("format")
    if wanted is None:
        return None
    name = template.removesuffix(".html")
    if wanted == "json":
        body = msgspec.json.format(msgspec.json.encode(plain(view)), indent=2)
        return _file(body, "application/json", f"{name}.json")
    tables = TABLES.get(template, {})
    table = request.query_params.get("table", next(iter(tables), ""))
    if wanted != "csv" or table not in tables:
        raise HTTPException(400)
    rows: object = view
    for step in tables[table]:
        rows = None if rows is None else getattr(rows, step)
    if rows is None:
        raise HTTPException(404)
    shown = rows if isinstance(rows, Sequence) else ()
    return _file(csv_of(shown).encode(), "text/csv; charset=utf-8", f"{name}-{table}.csv")


def plain(value: object) -> Json:
    """Return a view as JSON values; days and ids as the text people see, amounts as integers."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"expected a part of a view, was {type(value).__name__}")


def csv_of(rows: Sequence[object]) -> str:
    """Return rows as CSV (RFC 4180), a column for each named value in them."""
    flat = [dict(_flat(plain(row))) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in flat)
    return text.getvalue()


def _flat(value: Json, prefix: str = "") -> Iterator[tuple[str, Json]]:
    """Yield the named values of a row; a list becomes one cell of its parts."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _flat(one, f"{prefix}.{name}" if prefix else name)
    elif isinstance(value, list):
        parts = [" ".join(str(part) for _, part in _flat(one) if part is not None) for one in value]
        yield prefix, "; ".join(parts)
    else:
        yield prefix, value


def _cell(value: Json) -> str | int:
    """Return a cell; a text that a spreadsheet would take for a formula is quoted as text."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value if isinstance(value, str | int) else str(value)


def _file(body: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Vary": "Cookie"}
    return Response(body, media_type=media_type, headers=headers)
