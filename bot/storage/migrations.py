"""The schema: the steps of all modules of `steps`, in the order of their numbers, append-only."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

from sqlite_utils import Migrations

from bot.storage import steps

_STEP = re.compile(r"m\d{3}_\w+")

migrations = Migrations("demarche")
for step in sorted(
    (
        found
        for module in iter_modules(steps.__path__, f"{steps.__name__}.")
        for name, found in vars(import_module(module.name)).items()
        if _STEP.fullmatch(name)
    ),
    key=lambda found: found.__name__,
):
    migrations()(step)
