"""Démarche: a chat bot for drafting advocacy letters to the Permanent Missions of States.

The map of the house. A layer may import the layers named behind it, and nothing else of ours:

- keeping (what lives how long, whose name is meant; pure): nothing
- letters (what a letter is; pure): nothing
- signings (a letter's frozen text and each co-signer's own word on it; pure): letters
- reference (States, treaties, status, search): letters
- documents (a letter as text, DOCX, PDF and picture; letterheads; many letters as ZIP): letters,
  machine.resources
- conversation ((session, event) -> turn; pure; a room for each subject): keeping, letters,
  signings
- storage (SQLite; the only SQL): conversation, keeping, letters, signings, machine.figures
- campaigns (campaign folders: read, checked, their catalogues): letters, reference,
  machine.resources
- machine (what the program asks of the computer), each module by itself: machine.apart (a process
  of its own for each stranger's file, with limits), machine.fetching (a page of a site),
  machine.figures (what Prometheus reads), machine.hands (processes that make documents),
  machine.logs, machine.resources, machine.supervisor (what systemd is told), machine.translator
  (a translation service): nothing, but machine.hands machine.apart
- desk (one update's way, the files it brings, the errands beside it): conversation, documents,
  keeping, letters, reference, signings, storage, machine.apart, machine.figures, machine.hands,
  machine.logs, machine.translator
- telegram, web (the channels): desk, conversation, machine.figures, machine.hands, machine.logs,
  machine.resources, and the values of letters, documents, signings, storage
- settings: keeping
- commands (the composition root: every command, and what they share): all

One update flows one way: channel -> Event -> desk -> turn() -> effects -> desk -> channel.
"""
