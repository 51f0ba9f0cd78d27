"""Where templates and catalogues stand: beside `bot` in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "_shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _HERE.parent

TEMPLATES = _ROOT / "templates"
LOCALES = _ROOT / "locales"
