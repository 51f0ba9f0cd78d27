"""Signings, coalitions, mission books: as SQLite has them.

`rowid` numbers the rows of a table in the order in which they came, as SQLite does by itself.
"""

TOGETHER = """
CREATE TABLE signings (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users,
    data text NOT NULL,
    deadline text NOT NULL,
    version bigint NOT NULL,
    acts bigint NOT NULL,
    heard bigint NOT NULL,
    closed text NOT NULL,
    nudged bigint NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON signings (user_id);
CREATE TABLE signing_texts (
    signing_id text NOT NULL REFERENCES signings,
    version bigint NOT NULL,
    number bigint NOT NULL,
    key text NOT NULL,
    digest text NOT NULL,
    made text NOT NULL,
    data text NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (signing_id, version, number)
);
CREATE TABLE endorsers (
    id text PRIMARY KEY,
    signing_id text NOT NULL REFERENCES signings,
    number bigint NOT NULL,
    status text NOT NULL,
    told bigint NOT NULL,
    user_id text NOT NULL,
    data text NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON endorsers (signing_id, number);
CREATE INDEX ON endorsers (user_id);
CREATE TABLE signing_links (
    digest bytea PRIMARY KEY,
    signing_id text NOT NULL REFERENCES signings,
    endorser_id text NOT NULL,
    kind text NOT NULL,
    expires text NOT NULL,
    used bigint NOT NULL,
    revoked bigint NOT NULL,
    visits bigint NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON signing_links (signing_id);
CREATE TABLE signing_acts (
    signing_id text NOT NULL REFERENCES signings,
    number bigint NOT NULL,
    endorser_id text NOT NULL,
    status text NOT NULL,
    at text NOT NULL,
    version bigint NOT NULL,
    key text NOT NULL,
    digest text NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (signing_id, number)
);
CREATE TABLE coalitions (
    id text PRIMARY KEY REFERENCES users,
    name text NOT NULL,
    founded text NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY
);
CREATE TABLE members (
    id text NOT NULL,
    coalition_id text NOT NULL REFERENCES coalitions,
    user_id text NOT NULL REFERENCES users,
    role text NOT NULL,
    joined text NOT NULL,
    shown_as text NOT NULL,
    told bigint NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (user_id, coalition_id)
);
CREATE INDEX ON members (coalition_id);
CREATE TABLE invitations (
    digest text PRIMARY KEY,
    coalition_id text NOT NULL REFERENCES coalitions,
    role text NOT NULL,
    member_id text NOT NULL,
    expires text NOT NULL,
    uses bigint NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON invitations (coalition_id);
CREATE TABLE mission_books (
    user_id text PRIMARY KEY,
    added text NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY
);
CREATE TABLE missions (
    user_id text NOT NULL REFERENCES mission_books,
    number bigint NOT NULL,
    state text NOT NULL,
    data text NOT NULL,
    rowid bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (user_id, number)
);
CREATE INDEX ON missions (user_id, state);
CREATE TABLE mission_proposals (
    user_id text PRIMARY KEY REFERENCES users,
    owner text NOT NULL,
    data text NOT NULL,
    touched text NOT NULL DEFAULT '',
    rowid bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON mission_proposals (owner);
"""
