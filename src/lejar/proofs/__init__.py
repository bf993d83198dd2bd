# SPDX-License-Identifier: Apache-2.0
"""Proofs of the entry log and of the state, checkable offline; see README.md for the formats."""
