# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.day`: a banking day through the real node, and what it needed.

Payments between banks arrive over a day of made-up but seeded amounts; every bank begins with a
share of what it would need if each payment were made at once, and with what it pays net.  They are
signed, checked by a door, ordered by the engine, and made durable on a real disk; only the clock is
the driver's.  All figures are read from the output log afterwards, as anybody could.
"""

import argparse
import json
import tempfile
from pathlib import Path

from bench.banks import SECOND, Day, found_day
from bench.drive import drive
from bench.outcome import outcome

SHARE = 0.3
STEP_S = 5


def main() -> None:
    """Run one day and print what it showed."""
    options = _options()
    figures = run(options.payments, options.banks, options.seed, options.share, options.step)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:28} {value:>22,.3f}")


def run(
    payments: int, banks: int, seed: int, share: float = SHARE, step: int = STEP_S
) -> dict[str, float]:
    """Run a day in a folder that is thrown away; gives its figures."""
    day: Day = found_day(payments, banks, seed, share)
    with tempfile.TemporaryDirectory(prefix="lejar-day-") as scratch:
        driven = drive(day, Path(scratch), step * SECOND)
        return {
            "payments": payments,
            "banks": banks,
            "seed": seed,
            "share": share,
            "step_s": step,
            **outcome(day, Path(scratch)),
            "seconds": driven.seconds,
            "payments_per_machine_s": payments / driven.seconds,
        }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payments", type=int, default=50_000)
    parser.add_argument("--banks", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--share",
        type=float,
        default=SHARE,
        help="what each bank begins with, of what it would need to pay everything at once",
    )
    parser.add_argument(
        "--step", type=int, default=STEP_S, help="seconds whose arrivals are ordered together"
    )
    parser.add_argument("--json", action="store_true", help="write the figures as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
