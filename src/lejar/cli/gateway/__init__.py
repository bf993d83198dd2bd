# SPDX-License-Identifier: Apache-2.0
"""The gateway's process: pages and REST over the node's link and read models, put together."""
