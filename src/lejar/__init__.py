# SPDX-License-Identifier: Apache-2.0
"""Lejar: open, self-hosted financial market infrastructure for tokenised finance."""

__version__ = "0.1.0"
