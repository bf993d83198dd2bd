# SPDX-License-Identifier: Apache-2.0
"""What only some may ask: receipts, balances, registers, the legs of instructions.

Nothing here asks who is reading.  Whoever imports it must have asked first; each answer names the
parties that it is about: `concerned`, an `owner`, the sides of an instruction.
"""
