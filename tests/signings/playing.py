"""A letter that is open for signing, for tests: the drafter's chat, others' chats, the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.model import Language
from bot.web.signing.visits import Visit, Visits
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.signings.values import Endorser, Signing

BOTH = "A. Example, Example Organisation\nB. Example, Chair, Second Organisation"


def opened(path: Path, names: str = BOTH, first: str = "Kenya OPSC en") -> Talk:
    """A drafter whose letter is open for signing."""
    talk = Talk(path)
    talk.desk.public_url = "https://letters.example.org"
    talk.type(first).type(names).tap("Done").tap("Geneva").tap("Geneva, 2")
    return talk.tap("Share").tap("Ask the co-signers").tap("Open for signing")


def signing_of(talk: Talk) -> Signing:
    """The drafter's only signing."""
    (found,) = talk.desk.shelves.signings.of(talk.user)
    return found


def everyone(talk: Talk) -> tuple[Endorser, ...]:
    """All who are asked."""
    return talk.desk.shelves.signings.endorsers(signing_of(talk).id)


def at_card(talk: Talk) -> Talk:
    """At the signing's card."""
    return talk.command("start").tap("1 signing").tap("OPSC")


def invited(talk: Talk, name: str) -> str:
    """The token of an invitation for one of the co-signers."""
    return at_card(talk).tap("Invite").tap(f"… {name}").invitation


def open_link(talk: Talk) -> str:
    """The token of the open link."""
    return at_card(talk).tap("Open link").tap("Invitation in English").invitation


def visit(talk: Talk, token: str, language: Language = Language.EN) -> Visit:
    """What a link shows on the page."""
    found = Visits(talk.desk).look(token, language)
    assert found
    return found


def form_of(found: Visit, act: str = "confirm", **more: str) -> dict[str, str]:
    """A form of the page, as it was shown."""
    standing = found.endorser.standing if found.endorser else None
    return {
        "act": act,
        "version": str(found.shown.version),
        "key": found.shown.key,
        "private": found.private,
        "page": found.proof,
        "name": standing.name if standing else "",
        "role": standing.role if standing else "",
        "organisation": standing.organisation if standing else "",
        **more,
    }


def reworded(talk: Talk, text: str = "We hope for an early answer.") -> Talk:
    """The drafter changes the letter."""
    talk.command("start").tap("Open:").tap("Change").tap("The text").tap("☑ Hope")
    return talk.tap("Write") if "Write" in talk.labels else talk.type(text)


def renewed(talk: Talk, text: str) -> Talk:
    """The letter is changed, and the new text put to those who are asked."""
    reworded(talk, text)
    return at_card(talk).tap("Put the new text").tap("Yes, put it")
