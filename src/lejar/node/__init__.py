# SPDX-License-Identifier: Apache-2.0
"""A node: the processes and files that run the state machine and keep what it did."""
