# SPDX-License-Identifier: Apache-2.0
"""Programs that look after this repository: none of them is installed with Lejar."""
