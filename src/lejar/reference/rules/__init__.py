# SPDX-License-Identifier: Apache-2.0
"""The rules of a pack as people write them: forms of values, tables, files, and their schema.

Why forms: reading, the schema, the reference page and the words for people are all made from the
same description of a value, which is made from the domain's own types; none can drift.
"""
