#!/bin/sh
# Copies Démarche's database while the bot is running, and keeps the newest copies:
# "demarche backup" under the name that it had before.
#
#   backup.sh DATABASE FOLDER [COPIES]
#
# DATABASE  the bot's SQLite file
# FOLDER    where the copies go; made if it is not there
# COPIES    how many are kept, 14 unless said otherwise
#
# The environment variable DEMARCHE names the program, "demarche" by default.
# The exit status is 0 if there is a new copy.
set -eu
if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    echo 'demarche-backup: usage: backup.sh DATABASE FOLDER [COPIES]' >&2
    exit 2
fi
DEMARCHE_DATABASE=$1
export DEMARCHE_DATABASE
exec "${DEMARCHE:-demarche}" backup --keep "${3-14}" -- "$2"
