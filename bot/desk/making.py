"""The documents that effects ask for: a letter to look at, its files, a chart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import Context, in_language, request_of, to_of
from bot.conversation.talk.effects import SendNotes
from bot.conversation.talk.values import Session, User
from bot.desk import papers, signed
from bot.desk.world import World
from bot.letters.bilingual import Bilingual
from bot.letters.model import Letter
from bot.machine.figures import DOCUMENTS, took

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.effects import SendChart, SendFiles, SendLetter, SendTemplate
    from bot.desk.receipt import Receipt
    from bot.desk.record import Signed
    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Language
    from bot.letters.request import Refusal


class Maker(World):
    """Makes documents: in another thread, which has `hands` do what is heavy.

    The letterhead is handed in, which only the store's own thread may read.
    """

    def preview(
        self, effect: SendLetter, language: Language, head: Letterhead | None = None
    ) -> papers.Preview | None:
        """The letter to look at; None where the facts have moved and there is none any more."""
        letter = self._letter(effect, effect.draft)
        if not isinstance(letter, Letter):
            return None
        shown = self.hands.do(papers.preview, letter, head)
        took(DOCUMENTS, shown.seconds, "preview")
        return replace(shown, notice=self._notice(shown, language))

    def chart(self, effect: SendChart, receipt: Receipt) -> papers.Preview:
        """A chart to look at, and what it shows in text."""
        from bot.desk import charts  # noqa: PLC0415 -- few look at one

        session = Session(User(receipt.user_id, receipt.language))
        return charts.chart(Context.of(session, self), effect)

    def attached(self, effect: SendTemplate | SendNotes) -> papers.Document:
        """A file that is no letter: the empty mission book, or a long text."""
        if isinstance(effect, SendNotes):
            return papers.Document(effect.name, effect.text.encode("utf-8-sig"), papers.MIME["txt"])
        from bot.documents import book_template  # noqa: PLC0415 -- few ask for it

        data = book_template.to_xlsx(self.records.states.values(), effect.language)
        return papers.Document("missions.xlsx", data, papers.MIME["xlsx"])

    def files(
        self, effect: SendFiles, head: Letterhead | None = None
    ) -> tuple[papers.Document, ...]:
        """The letter's files, in the order asked for."""
        letter = self._letter(effect, effect.draft)
        if not isinstance(letter, Letter):
            return ()
        if effect.second is None:
            made = self.hands.do(papers.all_files, letter, effect.formats, head)
            return papers.counted(made)
        other = in_language(effect.draft, effect.second)
        second = self._letter(effect, other)
        if not isinstance(second, Letter):
            return ()
        pair = Bilingual(letter, second, effect.beside)
        return papers.counted(self.hands.do(papers.all_files, pair, effect.formats, head))

    def _letter(self, effect: SendLetter | SendFiles, draft: Draft) -> Letter | Refusal | None:
        """As it was signed, where it was, and never otherwise; else of the draft's answers."""
        if draft.fate.signed:
            found = next((one for one in effect.signed if one.language == draft.language), None)
            return found and replace(found, to=to_of(draft))
        return self.letters.compose(request_of(draft, self))

    def signed_preview(
        self, found: Signed, language: Language, head: Letterhead | None = None
    ) -> papers.Preview | None:
        """The letter of a signing to look at."""
        shown = self.hands.do(signed.preview, found, head)
        if shown:
            took(DOCUMENTS, shown.seconds, "preview")
        return replace(shown, notice=self._notice(shown, language)) if shown else None

    def signed_files(
        self, found: Signed, formats: tuple[str, ...], head: Letterhead | None = None
    ) -> tuple[papers.Document, ...]:
        """The files of a signing that are asked for."""
        return papers.counted(self.hands.do(signed.files, found, formats, head))

    def _notice(self, shown: papers.Preview, language: Language) -> str:
        """What the pictures do not show."""
        _ = self.translator(language)
        lines = []
        if shown.pages:
            lines.append(
                _(
                    "The picture shows page 1 of %(count)s. The PDF and the Word file have all "
                    "pages.",
                    count=shown.pages,
                )
            )
        if shown.missing:
            lines.append(
                _(
                    "The picture and the PDF cannot show these characters: %(characters)s. "
                    "Word and text carry them.",
                    characters=" ".join(shown.missing),
                )
            )
        return "\n".join(lines)
