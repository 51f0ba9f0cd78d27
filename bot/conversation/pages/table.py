"""The pages by the names of their views. A broken table fails at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.pages.addressed import AddressedPage
from bot.conversation.pages.bilingual import BilingualPage
from bot.conversation.pages.change import ChangePage
from bot.conversation.pages.facts import FactsPage
from bot.conversation.pages.facts_age import FactsAgePage
from bot.conversation.pages.fate import FatePage
from bot.conversation.pages.handing_out import UnreadyPage
from bot.conversation.pages.job import JobPage
from bot.conversation.pages.languages import LanguagesPage
from bot.conversation.pages.last_look import LastLookPage
from bot.conversation.pages.layout import LayoutPage
from bot.conversation.pages.letterhead import LetterheadPage
from bot.conversation.pages.mailing import MailingPage
from bot.conversation.pages.many import ManyPage
from bot.conversation.pages.menus import MenusPage
from bot.conversation.pages.more import MorePage
from bot.conversation.pages.news import NewsPage
from bot.conversation.pages.reminders import RemindersPage
from bot.conversation.pages.review import ReviewPage
from bot.conversation.pages.section import SectionPage
from bot.conversation.pages.sections import SectionsPage
from bot.conversation.pages.sending import SendingPage
from bot.conversation.pages.sent import SentPage
from bot.conversation.pages.set_members import SetMembersPage
from bot.conversation.pages.sets import SaveSetPage, SetsPage
from bot.conversation.pages.shelf import ShelfPage
from bot.conversation.pages.status import StatusPage
from bot.conversation.pages.translating import TranslatingPage
from bot.conversation.pages.treaties import TreatiesPage

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.pages.base import Page

HOME = MenusPage()
PAGES: tuple[Page, ...] = (
    HOME,
    ShelfPage(),
    FatePage(),
    SentPage(),
    ManyPage(),
    RemindersPage(),
    SetsPage(),
    SetMembersPage(),
    SaveSetPage(),
    LanguagesPage(),
    LetterheadPage(),
    NewsPage(),
    FactsPage(),
    StatusPage(),
    ReviewPage(),
    ChangePage(),
    SendingPage(),
    MorePage(),
    UnreadyPage(),
    FactsAgePage(),
    SectionsPage(),
    SectionPage(),
    TranslatingPage(),
    BilingualPage(),
    AddressedPage(),
    LayoutPage(),
    TreatiesPage(),
    MailingPage(),
    LastLookPage(),
    JobPage(),
)

_BY_VIEW = {name: page for page in PAGES for name in page.views}
if len(_BY_VIEW) != sum(len(page.views) for page in PAGES):
    message = "two pages have a view of the same name"
    raise ValueError(message)


def page_of(context: Context) -> Page:
    """The page that is looked at; home where its draft is gone or its name is not known."""
    page: Page = _BY_VIEW.get(context.user.view.name, HOME)
    return HOME if page.of_draft and context.session.draft is None else page


def is_home(context: Context) -> bool:
    """Whether the user is at home, be it that another view was lost."""
    name = context.user.view.name
    return page_of(context) is HOME and (name == "home" or name not in HOME.views)
