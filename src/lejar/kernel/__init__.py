# SPDX-License-Identifier: Apache-2.0
"""The state machine: no finance, no I/O, no clock, no randomness."""
