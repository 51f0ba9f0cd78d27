"""The letterhead: a Word file as the base of letters, a logo and lines for the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.letterhead.kept import LetterheadKept, letterhead_of
from bot.conversation.talk.events import FileSent, Reader, Typed
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.values import Screen
from bot.letters.file_kinds import WORD, kind_of
from bot.letters.letterhead import (
    MAX_LINE,
    MAX_LINES,
    Fault,
    LeftOut,
    Letterhead,
    Logo,
    Refused,
    Taken,
    letterhead,
)
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.conversation.talk.values import Button

EMPTY = Letterhead("")
_PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic")


def fault_lines(_: Translator, detail: str = "") -> dict[Fault, str]:
    """Why a file was not taken, and what would work."""
    return {
        Fault.TOO_LARGE: _(
            "That file is too large: a Word letterhead has at most 1 MB, a logo 2 MB (SVG: 300 KB)."
        ),
        Fault.UNPACKS_TOO_LARGE: _(
            "That file unpacks to far more than a letterhead needs: please save it again, without "
            "large pictures."
        ),
        Fault.PROTECTED: _(
            "That file is protected by a password: please remove it and send the file again."
        ),
        Fault.OLD_WORD: _("That is an old Word file (.doc): please save it as .docx."),
        Fault.NOT_WORD: _("That is no Word document: please save the letterhead as .docx."),
        Fault.MACROS: _("That file holds macros: please save it as .docx without them."),
        Fault.STRICT: _(
            "That file is saved as “Strict Open XML”: please save it again as a Word document "
            "(.docx)."
        ),
        Fault.BROKEN: _("That file is damaged: please save it again."),
        Fault.TOO_COSTLY: _(
            "That file would take me too long to read: please save it again in a simpler form."
        ),
        Fault.NOT_PICTURE: _("That is no picture: a logo is a PNG, JPEG or SVG file."),
        Fault.TOO_MANY_PIXELS: _(
            "That picture has too many pixels: a logo has at most 8 million, such as "
            "4,000 × 2,000. Please save it smaller and send it again."
        ),
        Fault.ACTIVE_SVG: _(
            "That drawing holds scripts, links, pictures or effects: please export it as a plain "
            "SVG or as PNG."
        ),
        Fault.COSTLY_SVG: _(
            "That drawing has too much in it for a logo: please export it as PNG, at least "
            "1,000 pixels wide."
        ),
        Fault.TEXT_SVG: _(
            "That drawing has words in letters that are not at hand here: please turn its text "
            "into paths (“outlines”) and export it again, or export it as PNG."
        ),
        Fault.UNSEEN: _(
            "Nothing of that picture would be seen on white paper: please send the logo as it is "
            "used on a white background."
        ),
        Fault.PDF: _(
            "That is a PDF: a letterhead is a Word file (.docx), a logo a PNG, JPEG or SVG file. "
            "Please export it from the program that it was made with."
        ),
        Fault.OTHER_PICTURE: _(
            "That picture is in the %(kind)s format: please save it as PNG and send it again.",
            kind=detail,
        ),
        Fault.OTHER_DESIGN: _(
            "That drawing is in the %(kind)s format: please export it as SVG or PNG from the "
            "program that it was made with.",
            kind=detail,
        ),
    }


def left_out_lines(_: Translator) -> dict[LeftOut, str]:
    """What of a Word file was not taken, and what would work."""
    return {
        LeftOut.METAFILES: _(
            "Pictures of the kinds EMF and WMF were left out: please save them as PNG in Word and "
            "send the file again."
        ),
        LeftOut.PICTURES: _(
            "Pictures that are damaged, of another kind or too large were left out: please put "
            "them into the file as PNG or JPEG and send it again."
        ),
        LeftOut.OUTSIDE: _(
            "Pictures that stand outside the file were left out: please insert them into the file "
            "itself and send it again."
        ),
        LeftOut.DRAWINGS: _(
            "Charts and diagrams were left out: please put them into the file as PNG pictures and "
            "send it again."
        ),
        LeftOut.OBJECTS: _(
            "Embedded objects were left out: please put them into the file as PNG pictures and "
            "send it again."
        ),
        LeftOut.BODY: _(
            "Nothing stands in its header or footer, so only its page and styles were taken: if "
            "your letterhead is in the text, please move it into the header and send it again."
        ),
    }


class LetterheadPage(Page):
    """Files and lines are sent; taps take them away."""

    views = ("letterhead",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What there is, and what may be sent."""
        _ = context._
        head = letterhead_of(context) or EMPTY
        has = lines(
            _("✓ A Word file: letters in Word stand on it.") if head.word else "",
            _("✓ A logo.") if head.logo else "",
            _("✓ Name and address:") + "\n" + "\n".join(head.lines) if head.lines else "",
        )
        ask = _(
            "Send a .docx file to be the base of letters in Word (its styles, header, footer and "
            "margins stay; its text does not). Send a logo as a file (PNG, JPEG or SVG), and type "
            "name and address lines, for the PDF. Only you use them."
        )
        buttons: list[tuple[Button, ...]] = []
        if head.word:
            buttons.append((context.button(_("Take the Word file away"), "nohead", "word"),))
        if head.logo:
            buttons.append((context.button(_("Take the logo away"), "nohead", "logo"),))
        if head.lines:
            buttons.append((context.button(_("Take the lines away"), "nohead", "lines"),))
        return Screen(
            _("Your letterhead"), blocks(notice, has, ask), tuple(buttons), _("Name and address")
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Take a part away."""
        del action
        head = letterhead_of(context) or EMPTY
        if value == "word":
            return _kept(context, replace(head, word=b""))
        if value == "logo":
            return _kept(context, replace(head, logo=None))
        return _kept(context, replace(head, lines=()))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A file, or lines of name and address."""
        _ = context._
        head = letterhead_of(context) or EMPTY
        if isinstance(event, Typed):
            typed = [clean(line)[0] for line in event.text.splitlines()]
            wanted = tuple(line for line in typed if line)
            if len(wanted) > MAX_LINES or max(map(len, wanted), default=0) > MAX_LINE:
                notice = _(
                    "At most %(lines)s lines of %(count)s characters, please. Nothing was changed.",
                    lines=MAX_LINES,
                    count=MAX_LINE,
                )
                return looking(context, context.user.view, notice)
            return _kept(context, replace(head, lines=wanted))
        if isinstance(event.found, Logo):
            told = [_words_line(_)] if event.found.has_text else []
            return _kept(context, replace(head, logo=event.found), *told)
        if isinstance(event.found, Taken):
            told = [left_out_lines(_)[one] for one in event.found.left_out]
            return _kept(context, replace(head, word=event.found.word), *told)
        found = event.found
        return self._refused(
            context, found if isinstance(found, Refused) else Refused(Fault.TOO_LARGE)
        )

    def reads(self, context: Context, event: FileSent) -> Reader | None:
        """A logo, or a Word file."""
        del context
        return Reader.LOGO if _is_picture(event) else Reader.WORD

    def _refused(self, context: Context, refused: Refused) -> Step:
        reason = fault_lines(context._, refused.detail)[refused.fault]
        if refused.detail and refused.detail not in reason:
            reason = f"{reason} ({refused.detail})"
        return looking(context, context.user.view, "⚠ " + reason)


def _is_picture(event: FileSent) -> bool:
    """What the file holds decides; its name only where that says nothing."""
    kind = kind_of(event.data or b"")
    return event.name.lower().endswith(_PICTURES) if not kind else kind != WORD


def _words_line(_: Translator) -> str:
    return _(
        "The words in your logo are set in the letter's own type. If they should look as "
        "designed, turn the text into paths (“outlines”) and send the drawing again."
    )


def _kept(context: Context, head: Letterhead, *told: str) -> Step:
    new = letterhead(head.word, head.logo, head.lines)
    notice = lines(context._("Kept. Your letters have it from now on."), *told)
    if new is None:
        notice = context._("Your letters have no letterhead now.")
    return Step(context.session, notice, (LetterheadKept(new),))
