# SPDX-License-Identifier: Apache-2.0
"""Directives as the projections tell them, in this room's own shapes."""

import msgspec

from lejar.gateways.rest import views
from lejar.projections.privileged.directives import DirectiveWhole
from lejar.projections.public.directives import DirectiveLine


def directive_row(line: DirectiveLine) -> views.DirectiveRow:
    """Give what everybody sees of a directive."""
    return views.DirectiveRow(
        line.id,
        line.kind,
        line.agency,
        line.cited,
        line.issued_at,
        line.expires_at,
        line.stage,
        line.appeal,
        line.scope,
        line.asset_class,
        line.halted_asset,
    )


def directive_view(whole: DirectiveWhole) -> views.DirectiveView:
    """Give all of a directive; who may see how much of it is decided by the caller."""
    return views.DirectiveView(
        directive_row(whole.found.directive),
        msgspec.Raw(whole.found.basis.encode()),
        tuple(views.StepView(one.entry, one.what, one.party, one.reason) for one in whole.told),
        views.BearingView(whole.subject, whole.asset, whole.amount, whole.target, whole.concerned),
    )
