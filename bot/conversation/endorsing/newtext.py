"""The letter has changed while it was open: the new text is put to those who are asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.freezing import basis_of, left_out, letters_by, texts_of, titles_of
from bot.conversation.endorsing.kept import SIGNINGS, VersionMade, own_signing
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.page import Page, Step, blocks, clipped, looking
from bot.conversation.talk.values import Screen, View
from bot.letters.model import Language
from bot.signings.changes import changed
from bot.signings.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.conversation.talk.paging import Rows
    from bot.letters.model import Letter
    from bot.signings.texts import Text
    from bot.signings.values import Signing

SHOWN = 3
ROOM = 380
"""Characters of a paragraph, so that old and new of three fit into one message."""


class NewTextPage(Page):
    """The view's key is the signing's id."""

    views = ("newtext",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What is new, and what putting it to them means."""
        _ = context._
        signing = own_signing(context, context.user.view.key)
        if signing is None or signing.closed:
            return Screen(_("This signing is closed."), notice)
        said = differences(_, *_both(context, signing))
        count = signing.count(Status.CONFIRMED)
        lapses = _.plural(
            "%(count)s confirmation was of the old text: it has to be given again. Everybody is "
            "told what has changed, of a small correction, too.",
            "%(count)s confirmations were of the old text: they have to be given again. Everybody "
            "is told what has changed, of a small correction, too.",
            count,
        )
        if not said:
            return Screen(_("The text is the same."), notice)
        small: Rows = ()
        if _is_same(signing, _both(context, signing)[1]):
            small = ((context.button(_("Yes, it is only a small correction"), "putsmall"),),)
        return Screen(
            _("Put the new text to the co-signers?"),
            blocks(notice, *said, _missing_line(context, signing), lapses),
            (
                (context.button(_("Yes, put it to them"), "putnew", main=True),),
                *small,
                (context.button(_("Not yet"), "notyet"),),
            ),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """A new version."""
        del value
        signing = own_signing(context, context.user.view.key)
        if signing is None or signing.closed or action not in {"putnew", "putsmall"}:
            return looking(context, View("signing", context.user.view.key))
        letters = letters_by(context, signing.letter_id)
        texts = texts_of(context, letters) if letters else ()
        if letters is None or not texts:
            return looking(context, View("signing", signing.id))
        states, treaties = _whom(texts)
        same = _is_same(signing, texts)
        new = replace(
            signing,
            version=signing.version + 1,
            small=action == "putsmall" and same,
            states=states,
            treaties=signing.treaties if same else treaties,
            basis=basis_of(context, letters),
            titles=titles_of(context, letters.base),
        )
        step = looking(context, View("signing", signing.id))
        return replace(step, changes=(VersionMade(new, texts, context.library.now()),))


def _missing_line(context: Context, signing: Signing) -> str:
    """In which languages there is no new text, as the drafter's own words are not in them."""
    letters = letters_by(context, signing.letter_id)
    names = ", ".join(LANGUAGE_NAMES[one] for one in left_out(context, letters)) if letters else ""
    if not names:
        return ""
    return context._(
        "Not in %(languages)s: your own words are not translated yet.", languages=names
    )


def _whom(texts: tuple[Text, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The States and the treaties of the texts."""
    states = dict.fromkeys(one.letter.state for one in texts)
    return tuple(states), tuple(dict.fromkeys(c for one in texts for c in one.letter.treaties))


def _is_same(signing: Signing, texts: tuple[Text, ...]) -> bool:
    """Whether they are to the same States, on the same treaties."""
    states, treaties = _whom(texts)
    return (states, set(treaties)) == (signing.states, set(signing.treaties))


def _both(context: Context, signing: Signing) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    letters = letters_by(context, signing.letter_id)
    new = texts_of(context, letters) if letters else ()
    return SIGNINGS.of(context).texts(signing.id, signing.version), new


def differences(
    _: Translator, before: tuple[Text, ...], after: tuple[Text, ...]
) -> tuple[str, ...]:
    """Old and new paragraphs of the first text that differs; and which texts came or went."""
    old, new = ({one.key: one for one in texts} for texts in (before, after))
    both = [key for key in new if key in old and new[key].digest != old[key].digest]
    said: list[str] = []
    if both:
        said += old_and_new(_, old[both[0]].letter, new[both[0]].letter)
    if len(both) > 1:
        said.append(_("Changed in: %(texts)s.", texts=_named(both[: SHOWN * 4])))
    came, went = new.keys() - old.keys(), old.keys() - new.keys()
    if came:
        said.append(_("New: %(texts)s.", texts=_named(came)))
    if went:
        said.append(_("No longer there: %(texts)s.", texts=_named(went)))
    return tuple(said)


def _named(keys: Iterable[str]) -> str:
    """Texts by their languages; by their States, too, where these are not all the same."""
    found = sorted(keys)
    several = len({key.partition(".")[0] for key in found}) > 1
    names = [LANGUAGE_NAMES[Language(key.rpartition(".")[2])] for key in found]
    if several:
        names = [f"{key.partition('.')[0]} – {n}" for key, n in zip(found, names, strict=True)]
    return ", ".join(names)


def old_and_new(_: Translator, before: Letter, after: Letter) -> list[str]:
    """The paragraphs that differ, each before and after."""
    found = changed(before, after)
    said = []
    for one in found[:SHOWN]:
        old = _("Before: %(text)s", text=clipped(one.old, ROOM)) if one.old else ""
        new = _("Now: %(text)s", text=clipped(one.new, ROOM)) if one.new else ""
        gone = "" if new else _("Now: left out.")
        put = "" if old else _("Before: nothing.")
        said.append("\n".join(filter(None, (old or put, new or gone))))
    if len(found) > SHOWN:
        rest = len(found) - SHOWN
        said.append(
            _.plural("… and %(count)s more paragraph.", "… and %(count)s more paragraphs.", rest)
        )
    return said
