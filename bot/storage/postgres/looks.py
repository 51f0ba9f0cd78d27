"""What a process knows of somebody's card, for whichever process takes their next update.

Nothing here is anybody's words. All of it may be lost: then a card is put anew below what was sent,
or a tap is answered that had its answer already, and that is all.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, NamedTuple

from bot.storage.postgres.leases import QUICK

if TYPE_CHECKING:
    from bot.storage.postgres.server import Server
    from bot.storage.sealing import Sealing

_KEEP = (
    f"{QUICK} INSERT INTO cards (user_id, card, digest, above, tap)"
    " SELECT u.id, $2::bigint, $3::bytea, $4::bigint, $5::text FROM users u, quick WHERE u.id = $1"
    " ON CONFLICT (user_id) DO UPDATE SET card = coalesce(excluded.card, cards.card),"
    " digest = coalesce(excluded.digest, cards.digest),"
    # Files stay where they are put: a process that does not know of them takes none away.
    " above = CASE WHEN excluded.card != cards.card THEN excluded.above"
    " ELSE greatest(excluded.above, cards.above) END, tap = coalesce(excluded.tap, cards.tap)"
)
_OF = "SELECT card, digest, above FROM cards WHERE user_id = $1 AND card IS NOT NULL"
_TAP = "SELECT 1 FROM cards WHERE user_id = $1 AND tap = $2"
_FORGET = f"{QUICK} DELETE FROM cards USING quick WHERE user_id = $1"


class Look(NamedTuple):
    """What a card shows, and how often files were put under it since."""

    card: int
    digest: bytes
    above: int


class Looks:
    """Everybody's card. Everything raises `StoreError`."""

    def __init__(self, server: Server, sealing: Sealing) -> None:
        self._server = server
        secret = sealing.keys[0].secret if sealing.keys else b""
        self._key = hmac.digest(secret, b"demarche looks", "sha256")

    def of(self, user_id: str) -> Look | None:
        """What was known when the last process left the person's lane; None for nothing."""
        found = self._server.ask(_OF, (user_id,)).fetchone()
        return Look(int(found[0]), bytes(found[1]), int(found[2])) if found else None

    def keep(self, user_id: str, look: Look | None, tap: str) -> None:
        """Leave behind what is new: what the card shows, their last tap."""
        if look or tap:
            card, digest, above = look or (None, None, None)
            self._server.ask(_KEEP, (user_id, card, digest, above, tap or None))

    def is_last(self, user_id: str, tap: str) -> bool:
        """Whether no other tap of theirs has come since."""
        return self._server.ask(_TAP, (user_id, tap)).fetchone() is not None

    def forget(self, user_id: str) -> None:
        """Whoever died may have changed the card last."""
        self._server.ask(_FORGET, (user_id,))

    def digest(self, shown: bytes) -> bytes:
        """What tells a screen from others, and says nothing of its words without the key."""
        return hashlib.blake2b(shown, key=self._key, digest_size=16).digest()
