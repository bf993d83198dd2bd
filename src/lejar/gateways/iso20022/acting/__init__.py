# SPDX-License-Identifier: Apache-2.0
"""What messages ask of the hub, and what its answers mean to those who asked; no input or output.

`payments` and `securities` make commands, `outcomes` reads receipts, `session` is the table of what
may follow what, and `answers` writes it down for banks.
"""
