"""Effects as the page reads them: JSON with the documents in it, and the page's own words."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Any

from bot.conversation.talk.effects import (
    SendChart,
    SendExport,
    SendFiles,
    SendInvitation,
    SendLetter,
    SendNotes,
    SendSigned,
    SendTemplate,
    SendText,
    Show,
    Toast,
)
from bot.desk import signed
from bot.web.door import Shut
from bot.web.made import made_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.values import Screen
    from bot.desk import Desk, Document, Preview, Receipt
    from bot.letters.model import Language


def words(desk: Desk, language: Language) -> dict[str, str]:
    """What the page itself says; a % stands for a name."""
    _ = desk.translator(language)
    return {
        "send": _("Send"),
        "file": _("Send a file"),
        "message": _("Your message"),
        "you": _("You"),
        "talk": _("The conversation so far"),
        "loading": _("Loading…"),
        "answering": _("One moment…"),
        "answer": _("Your answer"),
        "letter": _("The letter"),
        "save": _("Save %(file)s", file="%"),
        "share": _("Share"),
        "sharing": _("Share %(file)s", file="%"),
        "more": _("More about %(name)s", name="%"),
        "page": _("Show the whole page"),
        "picture": _("Show all of it"),
        "less": _("Show less"),
        "text": _("Show the text"),
        "hide": _("Hide the text"),
        "copy": _("Copy the text"),
        "copied": _("Copied"),
        "mail": _("Write an e-mail"),
        "link": _("Copy the link"),
        "visit": _("Open the link"),
        "telegram": _("Share in Telegram"),
        "paste": _("The text is copied: paste it into the e-mail."),
        "offline": _("The program does not answer. Is it still running? Your answers are safe."),
        "large": _("That file is too large: at most 8 MB, please."),
    }


def shut(desk: Desk, language: Language, why: Shut) -> dict[str, str]:
    """What a page without a key is told, or with the key of an earlier start."""
    _ = desk.translator(language)
    if why is Shut.OLD_KEY:
        return {
            "title": _("This address is of an earlier start"),
            # Translators: on the page of the program in the browser; the terminal is the window in
            # which the program was started.
            "text": _(
                "The program was started again and has a new address. Please open the one that "
                "stands in its terminal window, in this tab or in another: your letters are there."
            ),
        }
    return {
        "title": _("This page needs its whole address"),
        # Translators: on the page of the program in the browser, opened without the key that
        # stands behind the # of its address.
        "text": _(
            "So that nobody else on this computer reads your letters, the page opens only by the "
            "whole address, with the key behind the sign #. It stands in the terminal window in "
            "which the program runs: please open it from there."
        ),
    }


async def shown(desk: Desk, workshop: Executor, effect: Effect, receipt: Receipt) -> dict[str, Any]:
    """One effect; its documents are made in the workshop."""
    loop = asyncio.get_running_loop()
    said = _said(effect)
    if said is not None:
        return said
    if isinstance(effect, SendChart):
        drawn = await loop.run_in_executor(workshop, desk.chart, effect, receipt)
        return _pictures(drawn, language=receipt.language)
    if isinstance(effect, SendTemplate | SendNotes):
        attached = await loop.run_in_executor(workshop, desk.attached, effect)
        return {**files(desk, receipt.language, (attached,)), "made": ""}
    if isinstance(effect, SendExport):
        return await _export(desk, workshop, receipt)
    if isinstance(effect, SendSigned):
        return await _signed(desk, workshop, effect, receipt)
    if not isinstance(effect, SendFiles | SendLetter):
        raise TypeError(type(effect).__name__)
    head = desk.shelves.letterheads.over(effect.draft.id, receipt.user_id)
    if isinstance(effect, SendFiles):
        documents = await loop.run_in_executor(
            workshop, desk.files, signed.bound(desk, effect), head
        )
        return {**files(desk, receipt.language, documents), "made": made_of(effect)}
    bound = signed.bound(desk, effect)
    preview = await loop.run_in_executor(workshop, desk.preview, bound, receipt.language, head)
    if preview is None:
        return {"kind": "letter", "pictures": [], "text": "", "alt": "", "notice": ""}
    return {
        **_pictures(preview, language=effect.draft.language),
        "draft": effect.draft.id,
        "renews": effect.renews,
    }


def _said(effect: Effect) -> dict[str, Any] | None:
    """What is words alone; None where a document is to be made."""
    match effect:
        case Show(screen):
            return _screen(screen)
        case Toast(text):
            return {"kind": "toast", "text": text}
        case SendText(text):
            return {"kind": "text", "text": text}
        case SendInvitation(text, link, subject):
            return {"kind": "invitation", "text": text, "link": link, "subject": subject}
    return None


async def _export(desk: Desk, workshop: Executor, receipt: Receipt) -> dict[str, Any]:
    """Everything that is kept of the user, as one file."""
    from bot.desk.exporting import exported  # noqa: PLC0415 -- few ask for it

    found = await exported(desk, workshop, receipt.user_id, receipt.language)
    if found is None:
        return {"kind": "text", "text": ""}
    return {**files(desk, receipt.language, (found,)), "made": ""}


async def _signed(
    desk: Desk, workshop: Executor, effect: SendSigned, receipt: Receipt
) -> dict[str, Any]:
    """A letter that is open for signing, or was: to look at, or as files."""
    loop = asyncio.get_running_loop()
    found = signed.gathered(desk, effect, receipt.user_id, receipt.language)
    if found is None:
        return {"kind": "text", "text": ""}
    head = desk.shelves.letterheads.of(found.signing.owner)
    if effect.formats:
        made = await loop.run_in_executor(workshop, signed.files, found, effect.formats, head)
        return {**files(desk, receipt.language, made), "made": ""}
    shown = await loop.run_in_executor(workshop, desk.signed_preview, found, receipt.language, head)
    if shown is None:
        return {"kind": "text", "text": ""}
    language = found.texts[0].language
    return {**_pictures(shown, language=language), "draft": "", "renews": False}


def files(desk: Desk, language: Language, documents: tuple[Document, ...]) -> dict[str, Any]:
    """Files, and a line that says that they are there."""
    _ = desk.translator(language)
    count = len(documents)
    ready = _.plural("%(count)s file is ready.", "%(count)s files are ready.", count)
    if count == 1:
        ready = _("%(file)s is ready.", file=documents[0].name)
    return {
        "kind": "files",
        "ready": ready,
        "files": [
            {"name": one.name, "mime": one.mime, "data": base64.b64encode(one.data).decode()}
            for one in documents
        ],
    }


def _screen(screen: Screen) -> dict[str, Any]:
    return {
        "kind": "screen",
        "title": screen.title,
        "text": screen.text,
        "hint": screen.hint,
        "rows": [[[b.label, b.data, b.main] for b in row] for row in screen.rows],
        "moves": screen.moves,
        "topic": screen.topic,
        "filled": screen.filled,
        "kept": screen.kept,
    }


def _pictures(preview: Preview, *, language: str | None) -> dict[str, Any]:
    return {
        "kind": "letter",
        "pictures": [base64.b64encode(one).decode() for one in preview.pictures],
        "text": "\n\n".join(preview.texts),
        "alt": preview.alt,
        "notice": preview.notice,
        "subject": preview.subject,
        "language": language,
    }
