# SPDX-License-Identifier: Apache-2.0
"""Why a block is not folded: the reader and its database no longer tell one story.

Neither is a failure of the hub: the writer goes on, and the projections can be built again.
"""


class OutOfOrder(Exception):
    """The block does not follow the one that was folded last; nothing was written."""


class WrongNetwork(Exception):
    """The database holds another network's projections; it is left as it was."""


class NotBuilt(Exception):
    """The database holds no projections of this version yet; ask again when they are built."""
