# SPDX-License-Identifier: Apache-2.0
"""HTTP with JSON; README.md is the spec of this room, `server.app` makes the application."""
