-- SPDX-License-Identifier: Apache-2.0
-- One account is a side of every exchange.
\set other random(2, :accounts)
\set sells random(0, 1)
\set seller CASE WHEN :sells = 1 THEN 1 ELSE :other END
\set buyer CASE WHEN :sells = 1 THEN :other ELSE 1 END
\set units random(1, 50)
\set price random(1, 500000)
SELECT dvp(gen_random_uuid(), :seller, :buyer, 1, :units, 2, :price);
