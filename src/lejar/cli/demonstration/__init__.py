# SPDX-License-Identifier: Apache-2.0
"""The demonstration market: made parties, one real paper, driven through the public REST API.

The paper's terms are real and shipped with their source; the parties, amounts sold and prices are
made up for the demonstration.
"""
