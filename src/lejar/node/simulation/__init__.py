# SPDX-License-Identifier: Apache-2.0
"""The world as the simulation makes it: seeded, and worse than the real one."""
