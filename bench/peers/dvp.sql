-- SPDX-License-Identifier: Apache-2.0
-- The measured exchange. One call is one transaction, durable when it answers.
--
-- Both persons' rows are locked first, in the order of their ids: no two exchanges can wait for
-- each other, a freeze cannot slip in between a check and its movement, and what a person owns over
-- all accounts stands still while the cap is judged.

-- The first rule that refuses, or null. The same rules, in the same order, as the hub's one door.
-- PL/pgSQL keeps its plan; the same in plain SQL would be planned anew each time and be far slower.
CREATE FUNCTION first_refusal(
    giver integer, giving integer,          -- party and account
    receiver integer, receiving integer,
    of_asset integer, units bigint
) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT CASE
            WHEN g.suspended THEN 'source_suspended'
            WHEN r.suspended THEN 'target_suspended'
            WHEN EXISTS (SELECT FROM frozen_party f WHERE f.party = giver)
                OR EXISTS (SELECT FROM frozen_account f WHERE f.account = giving)
                THEN 'source_frozen'
            WHEN EXISTS (SELECT FROM frozen_party f WHERE f.party = receiver)
                OR EXISTS (SELECT FROM frozen_account f WHERE f.account = receiving)
                THEN 'target_frozen'
            WHEN a.required IS NOT NULL AND receiver <> a.issuer AND NOT EXISTS (
                SELECT FROM credential c
                WHERE c.party = receiver AND c.kind = a.required
                    AND (c.expires_at IS NULL OR c.expires_at > now())
            ) THEN 'target_ineligible'
            WHEN a.locked_until > now() THEN 'lock_up'
            WHEN a.holding_max IS NOT NULL AND receiver <> a.issuer
                AND a.holding_max < units + (
                    SELECT coalesce(sum(b.amount), 0)
                    FROM account h JOIN balance b ON b.account = h.id AND b.asset = of_asset
                    WHERE h.party = receiver
                ) THEN 'holding_cap'
        END
        FROM party g, party r, asset a
        WHERE g.id = giver AND r.id = receiver AND a.id = of_asset
    );
END
$$;

-- Settle an exchange, or keep why not; a resend answers the first entry's number and does nothing.
CREATE FUNCTION dvp(
    command uuid, seller integer, buyer integer,
    bond integer, units bigint, money integer, price bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    this bigint;
    giver integer;
    payer integer;
    why text;
    moved integer;
BEGIN
    INSERT INTO entry (command_id, seller, buyer, bond, units, money, price)
        VALUES (command, seller, buyer, bond, units, money, price)
        ON CONFLICT (command_id) DO NOTHING
        RETURNING number INTO this;
    IF this IS NULL THEN
        RETURN (SELECT number FROM entry WHERE command_id = command);
    END IF;

    SELECT party INTO giver FROM account WHERE id = seller;
    SELECT party INTO payer FROM account WHERE id = buyer;
    PERFORM FROM party WHERE id IN (giver, payer) ORDER BY id FOR NO KEY UPDATE;

    why := CASE
        WHEN units <= 0 OR price <= 0 THEN 'amount_not_positive'
        WHEN giver = payer THEN 'not_delivery_versus_payment'
        ELSE coalesce(
            first_refusal(giver, seller, payer, buyer, bond, units),
            first_refusal(payer, buyer, giver, seller, money, price)
        )
    END;
    IF why IS NULL AND (
        SELECT count(*) FROM balance b
        WHERE (b.account, b.asset) IN ((seller, bond), (buyer, money))
            AND b.amount >= CASE b.asset WHEN bond THEN units ELSE price END
    ) < 2 THEN
        why := 'funds_insufficient';
    END IF;
    IF why IS NOT NULL THEN
        UPDATE entry SET refusal = why WHERE number = this;
        RETURN this;
    END IF;

    WITH change (line, account, asset, amount) AS (
        VALUES (1, seller, bond, -units), (2, buyer, bond, units),
            (3, buyer, money, -price), (4, seller, money, price)
    ), done AS (
        UPDATE balance b SET amount = b.amount + c.amount
        FROM change c WHERE b.account = c.account AND b.asset = c.asset
        RETURNING c.line, c.account, c.asset, c.amount
    )
    INSERT INTO posting SELECT this, line, account, asset, amount FROM done;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> 4 THEN
        RAISE EXCEPTION 'an account has no balance row';
    END IF;
    RETURN this;
END
$$;
