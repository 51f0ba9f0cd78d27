"""From a file to the rows of its one table of participants, whatever the file claims to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.faults import Fault
from bot.reference.grids_html import html_grid
from bot.reference.grids_xml import xml_grid
from bot.reference.saved import content_of

if TYPE_CHECKING:
    from bot.reference.tables import Grid


def grid_of(data: bytes, *, french: bool = False) -> Grid | Fault:
    """The table of a page in HTML, MHTML or XML; the French page is read for its title alone."""
    content = content_of(data)
    if isinstance(content, Fault):
        return content
    if isinstance(content, str):
        return html_grid(content, french=french)
    return Fault.NO_PAGE if french else xml_grid(content)
