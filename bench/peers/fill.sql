-- SPDX-License-Identifier: Apache-2.0
-- One party, one account, money and a bond for each number up to :accounts.
-- Party 0 issues both assets. The bond has a cap that is judged each time and that nobody reaches.

INSERT INTO party (id) SELECT generate_series(0, :accounts);
INSERT INTO account (id, party) SELECT n, n FROM generate_series(1, :accounts) n;
INSERT INTO asset (id, issuer, is_money, required, holding_max) VALUES
    (1, 0, false, 'investor', 1000000000000),
    (2, 0, true, 'bank', NULL);
INSERT INTO credential (party, kind, expires_at)
    SELECT n, kind, now() + interval '1 year'
    FROM generate_series(1, :accounts) n, unnest(ARRAY['investor', 'bank']) kind;
INSERT INTO balance (account, asset, amount)
    SELECT n, asset, amount
    FROM generate_series(1, :accounts) n,
        (VALUES (1, :units_each::bigint), (2, :money_each::bigint)) each (asset, amount);
VACUUM ANALYZE;
CHECKPOINT;
