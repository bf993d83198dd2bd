# SPDX-License-Identifier: Apache-2.0
"""The market: one module a room, each with the same files; a module imports only lower ones."""
