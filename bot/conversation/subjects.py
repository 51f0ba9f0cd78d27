"""The pages by the names of their views. A broken table fails at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.asking.languages import LanguagesPage
from bot.conversation.facts.age import FactsAgePage
from bot.conversation.facts.importing import FactsPage
from bot.conversation.facts.news_page import NewsPage
from bot.conversation.facts.status import StatusPage
from bot.conversation.letter.addressed import AddressedPage
from bot.conversation.letter.bilingual import BilingualPage
from bot.conversation.letter.change import ChangePage
from bot.conversation.letter.handing_out import UnreadyPage
from bot.conversation.letter.layout import LayoutPage
from bot.conversation.letter.more import MorePage
from bot.conversation.letter.review import ReviewPage
from bot.conversation.letter.sending import SendingPage
from bot.conversation.letter.treaties import TreatiesPage
from bot.conversation.letterhead.page import LetterheadPage
from bot.conversation.many.choosing import MailingPage
from bot.conversation.many.job import JobPage
from bot.conversation.many.last_look import LastLookPage
from bot.conversation.mine.fate import FatePage
from bot.conversation.mine.reminders import RemindersPage
from bot.conversation.mine.sent import SentPage
from bot.conversation.mine.shelf import ShelfPage
from bot.conversation.mine.to_many import ManyPage
from bot.conversation.person.menus import MenusPage
from bot.conversation.signing.members import SetMembersPage
from bot.conversation.signing.sets import SaveSetPage, SetsPage
from bot.conversation.wording.section import SectionPage
from bot.conversation.wording.sections import SectionsPage
from bot.conversation.wording.translating import TranslatingPage

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.page import Page

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
