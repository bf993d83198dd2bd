# SPDX-License-Identifier: Apache-2.0
"""What is always true of directives and what they do; walked by a full replay."""

from lejar.domain.oversight.model import DIRECTIVES, Kind, Stage
from lejar.domain.policy import FREEZE_ORDERS, FREEZES, HALTS, halts
from lejar.kernel.failure import must
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.state import State


def what_binds_has_its_directive(state: State) -> None:
    """Every freeze and halt hangs on a directive in force, and every such directive binds."""
    orders: dict[bytes, None] = {}
    halted: dict[bytes, int] = {}
    for directive_id, directive in DIRECTIVES.scan(state):
        if directive.stage is not Stage.IN_FORCE:
            continue
        if directive.kind is Kind.FREEZE:
            orders[directive.bears_on + directive_id] = None
        elif directive.kind is Kind.HALT:
            for scope in (directive.bears_on, halts.ANY):
                halted[scope] = halted.get(scope, 0) + 1
    standing = dict.fromkeys(key for key, _ in FREEZE_ORDERS.scan(state))
    must(standing == orders, "freezes are those of the directives in force")
    named = {key + freeze.directive: None for key, freeze in FREEZES.scan(state)}
    must(all(key in standing for key in named), "a freeze names a directive that stands")
    must(
        dict.fromkeys(key[:ID_BYTES] for key in standing)
        == dict.fromkeys(key[:ID_BYTES] for key in named),
        "whatever a directive freezes is found frozen",
    )
    counted = {scope: halt.directives for scope, halt in HALTS.scan(state)}
    must(counted == halted, "halts are those of the directives in force")
