"""Charts of where States stand, drawn by Typst: a picture of each page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.documents.page import compiler

if TYPE_CHECKING:
    from collections.abc import Mapping

PPI = 170
"""A phone shows about 1,000 pixels across; so many are needed to read the smallest names."""


def draw(template: str, data: Mapping[str, object], ppi: int = PPI) -> tuple[bytes, ...]:
    """The pictures (PNG) of a chart; the template says which data it wants."""
    pages = compiler(system=False, template=template).compile(
        format="png", ppi=ppi, sys_inputs={"chart": json.dumps(data, ensure_ascii=False)}
    )
    found = pages if isinstance(pages, list) else [pages]
    return tuple(page for page in found if isinstance(page, bytes))
