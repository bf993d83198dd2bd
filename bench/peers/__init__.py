# SPDX-License-Identifier: Apache-2.0
"""The same exchange in another system, so that anyone can check how the hub compares.

PostgreSQL does here what the hub does for an `Instruct` that both sides signed: look up who may,
move two legs, write the journal, and answer when all of it is durable. It checks no signature and
proves nothing; both make the hub's part harder. `schema.sql` says what else was given away.
"""
