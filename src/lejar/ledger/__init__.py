# SPDX-License-Identifier: Apache-2.0
"""Double entry for anything: accounts, postings, holds, reads, invariants."""
