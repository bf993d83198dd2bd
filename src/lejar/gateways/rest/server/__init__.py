# SPDX-License-Identifier: Apache-2.0
"""HTTP: the only folder of this room that does I/O; `app` puts it together from its seams."""

from lejar.gateways.rest.server.application import app, serves

__all__ = ["app", "serves"]
