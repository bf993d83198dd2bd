# SPDX-License-Identifier: Apache-2.0
"""What only some may ask: receipts, balances, registers, the legs of instructions.

Nothing here asks who is reading.  Whoever imports it must have asked first; the functions named
`…_concerned` say which parties an answer is about.
"""
