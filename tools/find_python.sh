#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Print the first Python that runs, is 3.11 or newer and can make a virtual environment.
# A name on PATH is not enough: a version manager may put names there that answer with an error.

for name in python3 python3.13 python3.12 python3.11 python; do
    found=$(command -v "$name") || continue
    if "$found" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        echo "$found"
        exit 0
    fi
done
exit 1
