# SPDX-License-Identifier: Apache-2.0
"""Outside statements against our own entries: read, matched, and never forced."""
