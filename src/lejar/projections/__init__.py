# SPDX-License-Identifier: Apache-2.0
"""Folds of sealed entries into SQL tables, and the questions that pages and REST ask of them."""
