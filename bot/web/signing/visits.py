"""A visit by a link: what it opens, and what comes of a form that is sent from its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import LinkVisited
from bot.conversation.endorsing.speaking import SAYS, Said, kept, named, newcomer, spoken
from bot.conversation.endorsing.words import nearest
from bot.signings.acts import Refused
from bot.signings.tokens import PREFIX, digest_of, is_page_token, is_token, page_token, works
from bot.signings.values import NOBODY_YET, Kind, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.desk import Desk
    from bot.letters.model import Language, Signatory
    from bot.signings.values import Endorser, Link, Signing

MOST = 1000
"""So many may be asked to sign one letter, or ask to join it."""

ACTS = frozenset({"confirm", "second", "withdraw", "erase", *SAYS})
OFFERED = {
    Kind.INVITATION: frozenset({"confirm", "second", *SAYS}),
    Kind.OPEN: frozenset({"confirm", "change"}),
    Kind.PRIVATE: frozenset({"confirm", "withdraw", "erase", *SAYS}),
}
"""What can be said by which link."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a link opens: `shown` is the text on the page, `texts` are all there are."""

    token: str
    link: Link
    signing: Signing
    endorser: Endorser | None
    shown: Shown
    texts: tuple[str, ...]
    private: str

    @property
    def proof(self) -> str:
        """What the page’s forms hold to show that it was read."""
        return page_token(self.signing, self.link, self.shown, self.private)


class Outcome(StrEnum):
    """Why a form came to nothing, beside what `Refused` says."""

    NO_NAME = "noname"
    NO_COMMENT = "nocomment"


@dataclass(frozen=True, slots=True)
class Done:
    """What was recorded: `token` is that of the private link from now on."""

    token: str


class Visits:
    """Visits to one desk. Every method is called in the store's own thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, token: str, language: Language, key: str = "") -> Visit | None:
        """What the link opens; None where it opens nothing, whyever. Raises `StoreError`.

        Whatever the token is, a digest is made of it and looked for, and no more: how long it takes
        tells nothing.
        """
        link = self._link(token)
        if link is None or not works(link, self._desk.now()):
            return None
        return self._visit(token, link, language, key)

    def count(self, visit: Visit) -> None:
        """The link was opened once more."""
        self._desk.store.keep(visit.signing.owner, (LinkVisited(visit.link.digest),))

    def speak(self, token: str, form: Mapping[str, str]) -> Done | Visit | Refused | Outcome | None:
        """What a form comes to: recorded; or the visit of another who was first; or why not.

        None where the link opens nothing, or the form is of no page that was shown. Sent twice, it
        comes to the same. Raises `StoreError`.
        """
        with self._desk.store.turn():
            return self._spoken(token, form)

    def _spoken(
        self, token: str, form: Mapping[str, str]
    ) -> Done | Visit | Refused | Outcome | None:
        removed = self._desk.store.names.changed()
        link, act = self._link(token), form.get("act", "")
        if (
            link is None
            or act not in ACTS
            or not works(replace(link, used=False), self._desk.now())
        ):
            return None
        visit = self._asked_again(token, link, form)
        if visit is None:
            return None
        if visit.private and self._link(visit.private):
            return Done(visit.private)
        if act not in OFFERED[link.kind]:
            return None
        if link.used and act != "second":
            key = visit.shown.key  # or the nearest, where there is no such text any more
            return self._visit(token, link, visit.shown.language, key, visit.private)
        return self._recorded(visit, act, form, removed)

    def _link(self, token: str) -> Link | None:
        found = self._desk.shelves.signings.link(digest_of(token))
        return found if is_token(token) else None

    def _visit(
        self, token: str, link: Link, language: Language, key: str, private: str = ""
    ) -> Visit | None:
        shelf = self._desk.shelves.signings
        signing = shelf.find(link.signing_id)
        found = shelf.endorser(link.endorser_id) if link.endorser_id else None
        if signing is None or (link.kind is not Kind.OPEN and found is None):
            return None
        keys = shelf.keys(signing.id, signing.version)
        if not keys:
            return None
        chosen = key if key in keys else nearest(tuple(keys), language, signing.language)
        shown = Shown(signing.version, chosen, keys[chosen])
        own = "" if link.kind is Kind.PRIVATE else private or self._desk.new_token(PREFIX)
        return Visit(token, link, signing, found[1] if found else None, shown, tuple(keys), own)

    def _asked_again(self, token: str, link: Link, form: Mapping[str, str]) -> Visit | None:
        """The visit from whose page the form was sent; None where it was from none."""
        shelf = self._desk.shelves.signings
        signing = shelf.find(link.signing_id)
        version, key, private = (
            form.get("version", ""),
            form.get("key", ""),
            form.get("private", ""),
        )
        if signing is None or not (version.isascii() and version.isdecimal() and len(version) < 6):  # noqa: PLR2004 -- digits
            return None
        shown = Shown(int(version), key)
        expected = page_token(signing, link, shown, private)
        if not is_page_token(form.get("page", ""), expected):
            return None
        digest = shelf.keys(signing.id, shown.version).get(key, "")
        visit = self._visit(token, link, shown.language, key, private)
        return replace(visit, shown=replace(shown, digest=digest)) if visit else None

    def _recorded(
        self, visit: Visit, act: str, form: Mapping[str, str], removed: int
    ) -> Done | Refused | Outcome:
        """The word, saved as a whole or not at all."""
        now, signing = self._desk.now(), visit.signing
        given, comment = NOBODY_YET, form.get("comment", "").strip()
        if act in {"confirm", "second"}:
            given = _given(form)
            if not given.name:
                return Outcome.NO_NAME
        if act == "change" and not comment:
            return Outcome.NO_COMMENT
        endorser = visit.endorser
        if endorser is None and sum(signing.counts.values()) >= MOST:
            return Refused.CLOSED
        if endorser is None or act == "second":
            beside = endorser if act == "second" else None
            endorser = newcomer(self._desk.new_id(), signing.version, beside)
        said = Said("confirm" if act == "second" else act, visit.shown, given, comment)
        result = spoken(signing, endorser, said, now)
        if isinstance(result, Refused):
            return result
        private = digest_of(visit.private) if visit.private else b""
        link = None if act == "second" else visit.link
        changes = kept(signing, result, link, private, now)
        self._desk.store.keep(signing.owner, changes, removed)
        self._desk.say_moved(changes)
        return Done(visit.private or visit.token)


def _given(form: Mapping[str, str]) -> Signatory:
    return named(form.get("name", ""), form.get("role", ""), form.get("organisation", ""))
