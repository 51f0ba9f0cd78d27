"""What several processes on one database have to agree on. SQLite has one process and none of it.

Nothing here is anybody's words, and all of it may be lost: then a lease runs out, and that is all.
Times are the server's own, so that no replica's clock counts.
"""

REPLICAS = """
CREATE TABLE leases (
    name text PRIMARY KEY,
    holder text NOT NULL,
    until timestamptz NOT NULL
);
CREATE INDEX ON leases (holder);
CREATE TABLE allowances (
    name text PRIMARY KEY,
    tokens double precision NOT NULL,
    at timestamptz NOT NULL
);
CREATE TABLE begun (
    key text PRIMARY KEY,
    deaths bigint NOT NULL,
    holder text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
"""

CARDS = """
CREATE TABLE cards (
    user_id text PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    card bigint,
    digest bytea,
    above bigint,
    tap text
);
"""
"""What a process leaves behind for the next of somebody's card: see `storage.postgres.looks`."""
