-- SPDX-License-Identifier: Apache-2.0
-- What each round must leave as it was: the sums; and what it must have written: its entries.
SELECT (SELECT sum(amount) FROM balance WHERE asset = 1),
    (SELECT sum(amount) FROM balance WHERE asset = 2),
    (SELECT count(*) FROM entry),
    (SELECT count(*) FROM entry WHERE refusal IS NOT NULL);
