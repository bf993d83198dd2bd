# SPDX-License-Identifier: Apache-2.0
"""Measurements: the hub beside its limits and its peers, in one run."""
