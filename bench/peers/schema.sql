-- SPDX-License-Identifier: Apache-2.0
-- The market of the hub's own bench, as someone would build it in PostgreSQL.
--
-- Where a choice was open it was made in PostgreSQL's favour: small integer ids, no foreign keys
-- from the journal, entry numbers from a sequence (so with gaps), no holds, no signatures, no
-- hashes, no proof. The hub has all of these.

CREATE TABLE party (
    id integer PRIMARY KEY,
    suspended boolean NOT NULL DEFAULT false
) WITH (fillfactor = 70);

CREATE TABLE account (
    id integer PRIMARY KEY,
    party integer NOT NULL REFERENCES party
);
CREATE INDEX account_by_party ON account (party);

CREATE TABLE asset (
    id integer PRIMARY KEY,
    issuer integer NOT NULL,
    is_money boolean NOT NULL,
    required text,              -- the credential that a receiver needs
    holding_max bigint,         -- the most that one person may own over all accounts
    locked_until timestamptz
);

CREATE TABLE credential (
    party integer NOT NULL REFERENCES party,
    kind text NOT NULL,
    expires_at timestamptz,     -- null: does not expire
    PRIMARY KEY (party, kind)
);

CREATE TABLE frozen_party (party integer PRIMARY KEY);
CREATE TABLE frozen_account (account integer PRIMARY KEY);

-- Room in each page lets an update stay in it and leave the index alone (a HOT update).
CREATE TABLE balance (
    account integer NOT NULL REFERENCES account,
    asset integer NOT NULL REFERENCES asset,
    amount bigint NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (account, asset)
) WITH (fillfactor = 50);

-- One entry for each command, refused ones too; the command's id makes a resend harmless.
CREATE TABLE entry (
    number bigint GENERATED ALWAYS AS IDENTITY (CACHE 32) PRIMARY KEY,
    command_id uuid NOT NULL UNIQUE,
    at timestamptz NOT NULL DEFAULT now(),
    seller integer NOT NULL,
    buyer integer NOT NULL,
    bond integer NOT NULL,
    units bigint NOT NULL,
    money integer NOT NULL,
    price bigint NOT NULL,
    refusal text
);

CREATE TABLE posting (
    entry bigint NOT NULL,
    line smallint NOT NULL,
    account integer NOT NULL,
    asset integer NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (entry, line)
);
