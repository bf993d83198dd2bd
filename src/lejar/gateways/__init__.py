# SPDX-License-Identifier: Apache-2.0
"""Gateways: how the outside's protocols reach the hub, each sans-IO but for its server."""
