-- SPDX-License-Identifier: Apache-2.0
-- Any account delivers to any other.
\set seller random(1, :accounts)
\set buyer 1 + (:seller + random(0, :accounts - 2)) % :accounts
\set units random(1, 50)
\set price random(1, 500000)
SELECT dvp(gen_random_uuid(), :seller, :buyer, 1, :units, 2, :price);
