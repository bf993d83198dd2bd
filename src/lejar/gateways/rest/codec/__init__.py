# SPDX-License-Identifier: Apache-2.0
"""JSON on one side, typed values on the other; nothing here knows HTTP or does I/O."""

from lejar.gateways.rest.codec.form import Form, Json
from lejar.gateways.rest.codec.forms import form_of, union_of
from lejar.gateways.rest.codec.readers import json_of, read_json, reader

__all__ = ["Form", "Json", "form_of", "json_of", "read_json", "reader", "union_of"]
