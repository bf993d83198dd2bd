-- SPDX-License-Identifier: Apache-2.0
-- Balances that the journal does not explain, and entries without their four balanced postings.
SELECT (
    SELECT count(*)
    FROM balance b
    LEFT JOIN (SELECT account, asset, sum(amount) AS total FROM posting GROUP BY 1, 2) p
        USING (account, asset)
    WHERE b.amount <> CASE b.asset WHEN 1 THEN :units_each ELSE :money_each END
        + coalesce(p.total, 0)
), (
    SELECT count(*)
    FROM entry e
    FULL JOIN (
        SELECT entry, count(*) AS lines, sum(amount) AS net FROM posting GROUP BY 1
    ) p ON p.entry = e.number
    WHERE CASE WHEN e.refusal IS NULL THEN p.lines IS DISTINCT FROM 4 OR p.net <> 0
        ELSE p.lines IS NOT NULL END
);
