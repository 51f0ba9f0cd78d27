"""Where templates and catalogues stand: beside `bot` in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_BOT = Path(__file__).resolve().parents[1]
_SHIPPED = _BOT / "_shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _BOT.parent

TEMPLATES = _ROOT / "templates"
LOCALES = _ROOT / "locales"
