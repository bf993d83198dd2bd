# SPDX-License-Identifier: Apache-2.0
"""Why a posting or a hold may not be, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class LedgerRefusal(RefusalTable):
    """What the ledger itself refuses, whoever asks."""

    ACCOUNT_UNKNOWN = row(
        "There is no such account.",
        "Akaun tersebut tidak wujud.",
        remedy="Check the account id; open the account first.",
        remedy_ms="Semak id akaun; buka akaun itu dahulu.",
    )
    ASSET_UNKNOWN = row(
        "There is no such asset.",
        "Aset tersebut tidak wujud.",
        remedy="Check the instrument id; the instrument must be issued first.",
        remedy_ms="Semak id instrumen; instrumen mesti diterbitkan dahulu.",
    )
    FUNDS_INSUFFICIENT = row(
        "The free balance is too small.",
        "Baki bebas tidak mencukupi.",
        remedy="Bring in what is missing, or release what is held, and send a new command.",
        remedy_ms="Tambah kekurangannya, atau lepaskan yang dipegang, dan hantar arahan baharu.",
    )
    AMOUNT_TOO_LARGE = row(
        "The balance would pass the largest amount the ledger can hold.",
        "Baki akan melebihi jumlah terbesar yang boleh disimpan lejar.",
        remedy="Use a smaller amount.",
        remedy_ms="Gunakan jumlah yang lebih kecil.",
    )
