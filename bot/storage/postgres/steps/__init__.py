"""The steps of the schema on PostgreSQL: append-only, as SQLite's, and their own.

Every step only adds, so that a process of the release before goes on beside one of the next.
"""

from bot.storage.postgres.steps import kept, replicas, together

STEPS = (
    ("p001_people_letters_facts", kept.PEOPLE),
    ("p002_signings_coalitions_missions", together.TOGETHER),
    ("p003_keeping_keys_access", kept.KEEPING),
    ("p004_replicas", replicas.REPLICAS),
    ("p005_cards", replicas.CARDS),
)
"""Names and statements, in their order."""
