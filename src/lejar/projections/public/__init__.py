# SPDX-License-Identifier: Apache-2.0
"""What anyone may ask: totals, opaque ids, and what became of each command.

Nothing here gives an amount that belongs to somebody, nor who holds what.
"""
