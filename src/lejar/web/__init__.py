# SPDX-License-Identifier: Apache-2.0
"""Pages for people: the explorer and its design system.

Pages are rendered on the server from frozen view models. This room computes nothing about the
market: whoever fills `views` (the projections) decides, templates print.
"""
