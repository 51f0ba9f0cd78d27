#!/bin/sh
# Copies Démarche's database while the bot is running, and keeps the newest copies.
#
#   backup.sh DATABASE FOLDER [COPIES]
#
# DATABASE  the bot's SQLite file
# FOLDER    where the copies go; made if it is not there
# COPIES    how many are kept, 14 unless said otherwise
#
# The environment variable PYTHON names the Python to use, python3 by default.
# Older copies go only when the new one is complete and checked. The exit status
# is 0 if there is a new copy, 1 if there is none, 2 if it was called wrongly.
set -eu
LC_ALL=C
export LC_ALL
umask 077

die() {
    status=$1
    shift
    printf 'demarche-backup: %s\n' "$*" >&2
    exit "$status"
}

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    die 2 'usage: backup.sh DATABASE FOLDER [COPIES]'
fi
database=$1
folder=$2
copies=${3-14}
case $copies in
    '' | 0* | *[!0-9]*) die 2 "not a number of copies to keep: $copies" ;;
esac
# A name that begins with a dash must not be taken for an option.
case $folder in
    -*) folder=./$folder ;;
esac
[ -f "$database" ] || die 1 "no such database: $database"

mkdir -p "$folder"
copy=$folder/demarche-$(date -u +%Y%m%dT%H%M%SZ).sqlite3
[ ! -e "$copy" ] || die 1 "there is a copy of this second already: $copy"
partial=$folder/.demarche-$$.partial

trap 'rm -f "$partial" "$partial-journal" "$partial-wal" "$partial-shm"' EXIT
trap 'exit 1' HUP INT TERM

# What a run cut off by a power failure may have left: data nobody looks after.
find "$folder" -type f -name '.demarche-*.partial*' -mtime +0 -exec rm -f {} +

"${PYTHON:-python3}" -I -c '
import contextlib, pathlib, sqlite3, sys

source, target = sys.argv[1:]
uri = pathlib.Path(source).resolve().as_uri() + "?mode=rw"
try:
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=60)) as old:
        with contextlib.closing(sqlite3.connect(target)) as new:
            old.backup(new)
            # One file by itself, which any reader can open.
            new.execute("PRAGMA journal_mode = DELETE")
            found = new.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                sys.exit(f"demarche-backup: the copy is damaged: {found}")
            if not new.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                sys.exit("demarche-backup: the database is empty")
except (OSError, sqlite3.Error) as error:
    sys.exit(f"demarche-backup: {error}")
' "$database" "$partial" || die 1 "no copy was made of $database"

mv "$partial" "$copy"
printf 'demarche-backup: made %s\n' "$copy"

# The names sort by time, oldest first. The new copy stays, whatever the clock says.
set -- "$folder"/demarche-[0-9]*T[0-9]*Z.sqlite3
while [ $# -gt "$copies" ]; do
    [ "$1" = "$copy" ] || rm -f "$1"
    shift
done
