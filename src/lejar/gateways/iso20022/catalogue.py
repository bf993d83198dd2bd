# SPDX-License-Identifier: Apache-2.0
"""The messages that the hub understands, in the versions it accepts: one list.

The versions begin where banks began to send these messages across borders (CBPR+, the versions of
2019 and 2020) and end with the newest that the packages of types have. All are full schemas.
"""

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Final, NamedTuple

from lejar.kernel.failure import Broken

PREFIX: Final = "urn:iso:std:iso:20022:tech:xsd:"


class Kind(NamedTuple):
    """A message: its name, its root inside Document, and the versions, oldest first."""

    name: str
    root: str
    title: str
    title_ms: str
    versions: tuple[str, ...]

    @property
    def securities(self) -> bool:
        """Whether its types come from the package that has the securities messages."""
        return self.name[:4] in {"sese", "semt", "seev"}


class Version(NamedTuple):
    """One message in one version, as `pacs.008.001.08`."""

    kind: Kind
    version: str

    @property
    def identifier(self) -> str:
        """The message definition identifier."""
        return f"{self.kind.name}.001.{self.version}"

    @property
    def namespace(self) -> str:
        """The namespace of its Document."""
        return PREFIX + self.identifier


def _to(first: int, last: int, *, without: int = 0) -> tuple[str, ...]:
    return tuple(f"{one:02}" for one in range(first, last + 1) if one != without)


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(
            "pacs.008",
            "FIToFICstmrCdtTrf",
            "customer credit transfer",
            "pindahan kredit pelanggan",
            _to(8, 13),
        ),
        Kind(
            "pacs.009",
            "FICdtTrf",
            "credit transfer between banks",
            "pindahan kredit antara bank",
            _to(8, 12),
        ),
        Kind(
            "pacs.002",
            "FIToFIPmtStsRpt",
            "payment status report",
            "laporan status bayaran",
            _to(10, 15),
        ),
        # Version 12 of pacs.004 is in no package of types.
        Kind("pacs.004", "PmtRtr", "payment return", "pemulangan bayaran", _to(9, 14, without=12)),
        Kind("camt.052", "BkToCstmrAcctRpt", "account report", "laporan akaun", _to(8, 12)),
        Kind("camt.053", "BkToCstmrStmt", "account statement", "penyata akaun", _to(8, 12)),
        Kind(
            "camt.054",
            "BkToCstmrDbtCdtNtfctn",
            "debit or credit notice",
            "notis debit atau kredit",
            _to(8, 12),
        ),
        Kind(
            "camt.056",
            "FIToFIPmtCxlReq",
            "request to cancel a payment",
            "permohonan membatalkan bayaran",
            _to(8, 11),
        ),
        Kind(
            "camt.029",
            "RsltnOfInvstgtn",
            "resolution of an investigation",
            "penyelesaian siasatan",
            _to(9, 13),
        ),
        Kind(
            "camt.060",
            "AcctRptgReq",
            "request for an account report",
            "permohonan laporan akaun",
            _to(5, 7),
        ),
        Kind(
            "sese.023",
            "SctiesSttlmTxInstr",
            "securities settlement instruction",
            "arahan penyelesaian sekuriti",
            ("11",),
        ),
        Kind(
            "sese.024",
            "SctiesSttlmTxStsAdvc",
            "securities settlement status",
            "status penyelesaian sekuriti",
            ("12",),
        ),
        Kind(
            "sese.025",
            "SctiesSttlmTxConf",
            "securities settlement confirmation",
            "pengesahan penyelesaian sekuriti",
            ("11",),
        ),
        Kind(
            "semt.002", "SctiesBalCtdyRpt", "custody balance report", "laporan baki jagaan", ("11",)
        ),
        Kind(
            "seev.031",
            "CorpActnNtfctn",
            "corporate action notice",
            "notis tindakan korporat",
            ("14",),
        ),
        Kind(
            "seev.036",
            "CorpActnMvmntConf",
            "corporate action movement",
            "pergerakan tindakan korporat",
            ("15",),
        ),
    )
}

HEADER_VERSIONS: Final = _to(1, 4)


@cache
def document_type(version: Version) -> type:
    """Import the generated type of a Document; only what is used is ever imported."""
    name = f"{version.kind.name[:4]}_{version.kind.name[5:]}_001_{version.version}"
    area = name[:4]
    if not version.kind.securities:
        return _type(f"pyiso20022.{area}.{name}.{name}", "Document")
    _leave_out_siblings(f"python_iso20022.{area}")
    title = f"{area.title()}{name[5:8]}001{version.version}"
    return _called_document(_type(f"python_iso20022.{area}.{name}.models", title), version)


@cache
def header_type(version: str) -> type:
    """Import the generated type of a business application header."""
    name = f"head_001_001_{version}"
    return _type(f"pyiso20022.head.{name}.{name}", "AppHdr")


def _called_document(found: type, version: Version) -> type:
    """Give a Document its name back: this package calls each by its message."""
    meta = type("Meta", (), {"name": "Document", "namespace": version.namespace})
    return type("Document", (found,), {"Meta": meta})


def _type(module: str, name: str) -> type:
    found: object = getattr(import_module(module), name)
    if not isinstance(found, type):
        raise Broken(f"{module}.{name} is not a type")
    return found


def _leave_out_siblings(package: str) -> None:
    """Let a message be imported without all the others of its area.

    The package's own `__init__` imports every one: three seconds, and eighty megabytes.
    """
    if package in sys.modules:
        return
    spec = find_spec(package)
    if spec is None:
        raise Broken(f"{package} is not installed")
    sys.modules[package] = module_from_spec(spec)
