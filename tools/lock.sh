#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Choose versions from pyproject.toml and pin each by hash, for every Python and system we support.
# dev.txt is resolved first and binds the others, so that people and CI run the same versions.
# The files name no index: whoever installs says where packages come from. `--upgrade` moves on.

set -eu

lock() {
    target=$1
    shift
    .venv/bin/uv pip compile "$@" --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
        --output-file "requirements/$target.txt"
}

lock dev pyproject.toml --group dev "$@"
lock run pyproject.toml --constraints requirements/dev.txt
lock build --group build --constraints requirements/dev.txt
lock compile --group compile --constraints requirements/dev.txt
