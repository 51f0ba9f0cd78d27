"""PostgreSQL as the database, where DEMARCHE_DATABASE is a `postgresql://` address.

The shelves and their SQL are the same on both engines; what differs stands here: how a statement
is said (`dialect`), the schema (`steps`), connections and transactions (`server`), and what several
processes on one database have to agree on (`leases`, `lanes`, `allowance`, `begun`).
"""
