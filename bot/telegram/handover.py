"""What a process knows of somebody's card and taps, left to whichever takes their next update."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.postgres.looks import Looks
    from bot.telegram.card import Card
    from bot.telegram.taps import Taps

log = logging.getLogger(__name__)


class Handover:
    """`looks` is None where one process runs alone: it knows all, and nothing is left behind.

    `is_here` says whether somebody's lane is entered here.
    """

    def __init__(
        self, looks: Looks | None, card: Card, taps: Taps, is_here: Callable[[str], bool]
    ) -> None:
        self._looks = looks
        self._card = card
        self._taps = taps
        self._is_here = is_here
        if looks:
            taps.share(self._is_last)

    def left(self, user_id: str, was_ours: bool) -> None:  # noqa: FBT001 -- called back
        """A lane is left, which was ours until now or was not. Nothing keeps it from being left."""
        look, tap = self._card.unlook(user_id), self._taps.left(user_id)
        if self._looks and was_ours:
            try:
                self._looks.keep(user_id, look, tap)
            except StoreError as error:
                log.info("what is known of a card is not left to the next process: %s", error)

    def _is_last(self, user_id: str, query_id: str) -> bool:
        """Whether a tap is the person's last, as far as can be known."""
        if self._looks is None or self._is_here(user_id):
            return True
        try:
            return self._looks.is_last(user_id, query_id)
        except StoreError:
            return True
