"""Opens the page in the browser without saying its key on a command line, which all can read.

`ps` shows every user of a computer how the browser was started. So it is handed a small file that
only this user can read, and that leads on to the address; as notebooks do it.
"""

from __future__ import annotations

import html
import os
import tempfile
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk import folders

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = """\
<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url={address}">
<title>Démarche</title>
<p><a href="{address}">Démarche</a></p>
"""

SNAPS = (Path("/snap/bin/firefox"), Path("/snap/bin/chromium"))
"""Browsers that see nothing of the folder for temporary files, nor what is hidden at home."""


@contextmanager
def leading_to(address: str) -> Iterator[None]:
    """Open the address; the file that leads there goes at the end of the block."""
    with folders.temporary() as folder:
        own = folder
        if any(one.exists() for one in SNAPS):
            own = Path.home()
        file, name = tempfile.mkstemp(dir=own, prefix="demarche-", suffix=".html")
        path = Path(name)
        try:
            with os.fdopen(file, "w", encoding="utf-8") as opened:
                opened.write(PAGE.format(address=html.escape(address)))
            webbrowser.open(path.as_uri())
            yield
        finally:
            path.unlink(missing_ok=True)
