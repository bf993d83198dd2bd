# SPDX-License-Identifier: Apache-2.0
"""Why the hub's moment may not be moved, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class CalendarRefusal(RefusalTable):
    """Only a demonstration has a clock that can be turned, and only forward."""

    NOT_A_DEMONSTRATION = row(
        "Only a demonstration network can move its own time.",
        "Hanya rangkaian demonstrasi boleh menganjakkan masanya sendiri.",
        remedy="Wait; on this network the moment comes from its engine's clock.",
        remedy_ms="Tunggu; pada rangkaian ini masa datang daripada jam enjinnya.",
    )
    MOMENT_NOT_LATER = row(
        "The hub's time only moves forward.",
        "Masa hab hanya bergerak ke hadapan.",
        remedy="Name a moment later than the hub's present one.",
        remedy_ms="Namakan masa yang lebih lewat daripada masa hab sekarang.",
    )
    MOMENT_TOO_FAR = row(
        "One step moves the hub's time by at most twenty years.",
        "Satu langkah menganjakkan masa hab paling lama dua puluh tahun.",
        remedy="Take several steps.",
        remedy_ms="Ambil beberapa langkah.",
    )
