# SPDX-License-Identifier: Apache-2.0
"""`python -m lejar`: the same as the command `lejar`, for a node's own processes."""

from lejar.cli import main

if __name__ == "__main__":
    main()
