"""Démarche: a chat bot for drafting advocacy letters to the Permanent Missions of States.

The map of the house. A layer may import the layers named behind it, and nothing else of ours:

- letters (what a letter is; pure): nothing
- reference (States, treaties, status, search): letters
- documents (a letter as text, DOCX, PDF and picture): letters, resources
- conversation ((session, event) -> turn; pure): letters
- storage (SQLite; the only SQL): conversation, letters
- desk (one update's way): conversation, documents, letters, reference, storage
- telegram, web (the channels): desk, conversation, and the values of letters, documents, storage
- settings, resources, logs: nothing
- cli, checks, letter_files, serve (the composition root: every command): all

One update flows one way: channel -> Event -> desk -> turn() -> effects -> desk -> channel.
"""
