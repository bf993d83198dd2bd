# SPDX-License-Identifier: Apache-2.0
"""Messages of the right shape, read into what they mean, whatever their version.

Readers take a checked message: what the schema requires is there. They follow names, not types,
because an element that means the same keeps its name from version to version.
"""
