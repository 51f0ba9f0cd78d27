"""The commands: what is typed after `demarche`, and the composition root of the program.

- cli: letter, treaties, states, doctor, try, run (with checks, letter_files, serve)
- renewing: the commands that renew the status of treaties (with previews: what would change)
- campaigns
- options (with signatory_files): what an option may be
"""
