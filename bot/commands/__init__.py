"""The commands: what is typed after `demarche`, and the composition root of the program.

- cli: gathers the commands; says an error in one line
- letter (with letter_files: the letter as bytes of a format; addressing: whom it is to;
  signatory_files: who signs it)
- treaties: the list, and its own commands: renewing (with previews: what would change, and
  reasons: why a page is refused), new_treaty (a folder made from a page), treaty_folders (whether
  a folder is good), versions
- states
- missions (the mission book)
- keep (what lives how long), people (a person's name, found and removed)
- campaigns
- access (who may use the bot)
- doctor (with checks: what it looks at)
- copies (backup, restore)
- keys (of an encrypted database)
- move (from a file to a server, and back)
- stores (the database as the settings have it): for all of them
- try_page, run (with serve: the desk, and the two ways to run it; listening: how pages are served;
  browser: how one is opened; figures_page: the figures beside the bot; webhook: the bot where
  Telegram brings updates, readiness: whether it can serve)
- options (what an option may be), now (the day, and the facts that hold): for several of them

What is slow to import is imported where it is needed: every command starts with `cli`.
"""
