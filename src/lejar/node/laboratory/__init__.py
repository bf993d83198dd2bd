# SPDX-License-Identifier: Apache-2.0
"""The policy laboratory: the real journal judged once more, by a pack that nobody has adopted."""
