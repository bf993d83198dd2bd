# SPDX-License-Identifier: Apache-2.0
"""What the hub knows, written as messages of the generated types."""
