"""A treaty on a map of the world: from the facts to what is drawn, in the user's language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.documents.charts import draw
from bot.documents.maps import Outline, drawings, sample
from bot.reference.loader import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.context import Context

MAP_PPI = 320
"""The map's page is as narrow as a phone, so it has as many pixels across as the other charts."""


def drawn(context: Context, kinds: Mapping[str, str], words: Mapping[str, object]) -> bytes:
    """The picture: every State by its kind; `words` are the title, the legend, the totals."""
    _ = context._
    note = " ".join(
        (
            _("Small States are circles, set apart where they are close together."),
            _("For areas in grey no status of their own is shown."),
            _(
                "The outlines, from Natural Earth, express no opinion on the legal status of any "
                "territory or on its boundaries."
            ),
        )
    )
    world, *larger = drawings(outlines(), kinds)
    data = {**words, "note": note, "world": world, "larger": larger}
    (picture,) = draw("treaty_map.typ", data, MAP_PPI)
    return picture


def samples(kinds: Mapping[str, object]) -> dict[str, str]:
    """What each kind looks like on the map."""
    return {kind: sample(kind) for kind in kinds}


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """The shipped shapes, read when the first map is drawn."""
    return tuple(
        Outline(row["code"], row["path"], _place(row["place"])) for row in rows("outlines")
    )


def _place(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    x, y = text.split()
    return float(x), float(y)
