"""What was half typed in a tab when it went out of sight: kept in memory alone, for its reload.

Neither the browser nor this program writes it to a disk, as either would with a store of its own.
"""

from __future__ import annotations

TABS = 200
"""So many tabs are remembered, the latest; and of each user no more than a few."""

TABS_OF_ONE = 5


class Halves:
    """Half-typed texts by user and tab."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def keep(self, user_id: str, tab: str, text: str) -> None:
        """What stands in the tab's field now; nothing, if it was emptied."""
        self._texts.pop((user_id, tab), None)
        if not text:
            return
        self._texts[user_id, tab] = text
        for key in [key for key in self._texts if key[0] == user_id][:-TABS_OF_ONE]:
            del self._texts[key]
        while len(self._texts) > TABS:
            del self._texts[next(iter(self._texts))]

    def take(self, user_id: str, tab: str) -> str:
        """What stood in the tab's field, once."""
        return self._texts.pop((user_id, tab), "")

    def drop(self, user_id: str) -> None:
        """Let go of all that the user has half typed."""
        for key in [key for key in self._texts if key[0] == user_id]:
            del self._texts[key]
