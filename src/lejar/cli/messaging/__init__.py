# SPDX-License-Identifier: Apache-2.0
"""A bank's channel to the hub: its key signs what its messages ask, and answers go back to it.

`bank` takes one message and answers; `following` tells what became of it later and what came in;
`log` remembers; `folder` and `server` are the two ways in.
"""
