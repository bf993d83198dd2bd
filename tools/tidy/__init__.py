# SPDX-License-Identifier: Apache-2.0
"""The repository's own rules, which no ready-made linter knows.

Each file here is one kind of rule and offers functions that return `Problem`s. A rule belongs here
when breaking it once would be missed in review: a file that grew, a word that means nothing, a
command that nobody has described.
"""
