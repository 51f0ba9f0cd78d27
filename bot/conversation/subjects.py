"""All subjects. Two that claim the same view, event, change or shelf fail at start."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.conversation.access import subject as access
from bot.conversation.asking import subject as asking
from bot.conversation.coalitions import subject as coalitions
from bot.conversation.endorsing import subject as endorsing
from bot.conversation.facts import subject as facts
from bot.conversation.letter import subject as letter
from bot.conversation.letterhead import subject as letterhead
from bot.conversation.many import subject as many
from bot.conversation.mine import subject as mine
from bot.conversation.missions import subject as missions
from bot.conversation.person import subject as person
from bot.conversation.signing import subject as signing
from bot.conversation.wording import subject as wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import Ended
    from bot.conversation.talk.page import Page
    from bot.conversation.talk.subject import Ending, Link
    from bot.conversation.talk.values import Change

K = TypeVar("K")
V = TypeVar("V")

SUBJECTS = (
    person.SUBJECT,
    asking.SUBJECT,
    letter.SUBJECT,
    wording.SUBJECT,
    signing.SUBJECT,
    many.SUBJECT,
    endorsing.SUBJECT,
    mine.SUBJECT,
    facts.SUBJECT,
    letterhead.SUBJECT,
    coalitions.SUBJECT,
    missions.SUBJECT,
    access.SUBJECT,
)


def table(claims: Iterable[tuple[K, V]]) -> dict[K, V]:
    """What is claimed, by whom; raises `ValueError` where two claim the same."""
    found: dict[K, V] = {}
    for key, value in claims:
        if key in found:
            message = f"two subjects claim {key}"
            raise ValueError(message)
        found[key] = value
    return found


_PAGES: dict[str, Page] = table(
    (v, page) for one in SUBJECTS for page in one.pages for v in page.views
)
HOME = _PAGES["home"]

ENDINGS: dict[type[Ended], Ending] = table(pair for one in SUBJECTS for pair in one.events.items())
"""What the ends of errands come to."""

CHANGES: dict[type[Change], str] = table(
    (kind, one.name) for one in SUBJECTS for kind in one.changes
)
"""Every kind of change, and whose it is: each has a place in the storage."""

SHELVES: dict[str, str] = table((shelf.name, one.name) for one in SUBJECTS for shelf in one.shelves)
"""Every shelf that is asked, and by whom."""

LINKS: dict[str, Link] = table(pair for one in SUBJECTS for pair in one.links.items())
"""What a link comes to, by the first letter of its token."""


def page_of(context: Context) -> Page:
    """The page that is looked at; home where its draft is gone or its name is not known."""
    page = _PAGES.get(context.user.view.name, HOME)
    return HOME if page.of_draft and context.session.draft is None else page


def is_home(context: Context) -> bool:
    """Whether the user is at home, be it that another view was lost."""
    name = context.user.view.name
    return page_of(context) is HOME and (name == "home" or name not in HOME.views)
