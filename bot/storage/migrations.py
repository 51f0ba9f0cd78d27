"""The schema: the steps of all modules of `steps`, in the order of their numbers, append-only."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

from sqlite_utils import Migrations

from bot.storage import steps

STEP = re.compile(r"m\d{3}_\w+")

_FOUND = sorted(
    (
        found
        for module in iter_modules(steps.__path__, f"{steps.__name__}.")
        for name, found in vars(import_module(module.name)).items()
        if STEP.fullmatch(name)
    ),
    key=lambda found: found.__name__,
)

migrations = Migrations("demarche")
for step in _FOUND:
    migrations()(step)

STEPS = tuple(step.__name__ for step in _FOUND)
"""The names of all steps that this program knows."""
