"""The letter as files; and a warning first where words of it are in another language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.ways import is_signed_in
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.effects import SendFiles
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.conversation.wording.translating import turned, unfit, unfit_lines
from bot.letters.model import Language, Letter

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context

ALBUM = ("png", "pdf", "docx", "txt")


class UnreadyPage(Page):
    """The view's key is what was asked for, its text what of it."""

    views = ("unready",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Which words are not translated."""
        _ = context._
        waiting = _unready_languages(context)
        buttons = [context.button(_("Go on all the same"), "anyway")]
        if waiting:
            buttons.insert(0, context.button(_("Translate now"), "translate", waiting[0]))
        said = unfit_lines(context, waiting[0]) if waiting else ""
        return Screen(
            _("Some of your words are not translated"), blocks(notice, said), in_rows(buttons, 1)
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Translate them, or go on."""
        return turned(context, Language(value)) if action == "translate" else _anyway(context)


def guarded(
    context: Context, action: str, value: str, languages: tuple[Language, ...] = ()
) -> Step | None:
    """A clear warning where a letter would go out with words in another language."""
    languages = languages or (context.draft.language or Language.EN,)
    if any(unfit(context.draft, language) for language in languages):
        return looking(context, View("unready", action, text=value))
    return None


def _unready_languages(context: Context) -> list[Language]:
    """The languages of what was asked for in which some words are not."""
    view = context.user.view
    languages = [context.draft.language or Language.EN]
    if view.key == "bilingual":
        languages.append(Language(view.text.partition("-")[0]))
    return [one for one in languages if unfit(context.draft, one)]


def _anyway(context: Context) -> Step:
    """What was asked for before the warning."""
    view = context.user.view
    if view.key == "file":
        return sent_files(context, view.text)
    if view.key == "bilingual":
        language, _dash, layout = view.text.partition("-")
        return sent_bilingual(context, Language(language), beside=layout == "beside")
    return looking(context, View(view.key, text=view.text))


def sent_files(context: Context, kind: str) -> Step:
    """The letter as a file, or as all of them; no file of a letter that there is not any more."""
    if not isinstance(context.compose(context.draft), Letter):
        return looking(context, DRAFT)
    formats = ALBUM if kind == "all" else (kind,)
    view = _asked_from(context)
    return replace(looking(context, view), effects=(SendFiles(context.draft, formats),))


def _asked_from(context: Context) -> View:
    """The screen that the file was asked for on, before the warning if there was one."""
    places = (context.user.view, *(one.view for one in context.user.trail[-1:]))
    view = places[-1] if context.looks_at("unready") else places[0]
    return view if view.name == "sending" else DRAFT


def sent_bilingual(context: Context, second: Language, *, beside: bool) -> Step:
    """The letter twice in each file, as Word and PDF."""
    if not isinstance(context.compose(context.draft), Letter):
        return looking(context, DRAFT)
    if not is_signed_in(context, second):
        name = LANGUAGE_NAMES[second]
        notice = context._(
            "This letter was not signed in this language: %(language)s.", language=name
        )
        return looking(context, DRAFT, notice)
    files = SendFiles(context.draft, ("docx", "pdf"), second, beside)
    return replace(looking(context, DRAFT), effects=(files,))
