"""A letter's texts, frozen: in every language that it is whole in, or to every State of many."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.conversation.many.kept import Job, jobs_of
from bot.conversation.many.mailing import request_for
from bot.conversation.many.written import letters_of
from bot.conversation.talk.context import in_language, own_campaign, request_of
from bot.conversation.talk.draft import Fate
from bot.conversation.talk.drafts import draft_of
from bot.conversation.wording.translating import unfit
from bot.letters.model import Language, Letter
from bot.signings.texts import PLACES, Text, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.letters.model import Signatory
    from bot.signings.values import Signing


@dataclass(frozen=True, slots=True)
class Letters:
    """What is put to co-signers: one letter, or letters to many States. One of the two is there."""

    draft: Draft | None
    job: Job | None

    @property
    def id(self) -> str:
        """The draft's, or the job's."""
        return self.job.id if self.job else self.draft.id if self.draft else ""

    @property
    def base(self) -> Draft:
        """The draft that the letters are made of."""
        if self.job:
            return self.job.draft
        if self.draft is None:
            message = "neither a letter nor letters"
            raise RuntimeError(message)
        return self.draft

    @property
    def fate(self) -> Fate:
        """What became of the letter; of many, whether they are open for signing."""
        if self.job:
            return Fate(signing=self.job.signing, signed=self.job.signed)
        return self.base.fate

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """Who is proposed."""
        return self.base.signatories


def letters_by(context: Context, letter_id: str) -> Letters | None:
    """The user's letter, or letters to many, of that id; None for what is not finished."""
    job = next((one for one in jobs_of(context) if one.id == letter_id), None)
    if job:
        return Letters(None, job)
    draft = draft_of(context, letter_id)
    return Letters(draft, None) if draft and draft.is_complete else None


def texts_of(context: Context, letters: Letters) -> tuple[Text, ...]:
    """The texts as they would be frozen now; those that cannot be written are not there.

    Own words that are not in a language yet would stand in another one: that text is not there,
    unless it is the letter's own.
    """
    return tuple(frozen(one) for one in _composed(context, letters))


def left_out(context: Context, letters: Letters) -> tuple[Language, ...]:
    """The languages in which the letter's own words are not yet."""
    if letters.job:
        return ()
    draft = letters.base
    return tuple(
        one for one in context.languages(draft) if one is not draft.language and unfit(draft, one)
    )


def _composed(context: Context, letters: Letters) -> Iterator[Letter]:
    library = context.library
    base = replace(letters.base, signatories=PLACES, fate=Fate())
    if letters.job:
        job = replace(letters.job, draft=base, fates={}, signing="", signed=False)
        own_drafts = {one.target.key: one.draft for one in letters_of(context, letters.job)}
        for target in job.targets:
            request = request_for(job, target, library)
            own_draft = own_drafts.get(target.key)
            if own_draft:  # it was looked at, and may have been changed since
                request = request_of(replace(own_draft, signatories=PLACES, fate=Fate()), library)
            letter = library.letters.compose(request)
            if isinstance(letter, Letter):
                yield letter
        return
    own = base.language or Language.EN
    others = [one for one in context.languages(base) if one is not own and not unfit(base, one)]
    for language in (own, *others):
        letter = context.compose(in_language(base, language))
        if isinstance(letter, Letter):
            yield letter


def basis_of(context: Context, letters: Letters) -> str:
    """What the texts are made of, in a few characters: while it is the same, they are.

    To write 140 letters again only to see that they are as they were takes a fifth of a second.
    """
    made_of = [_content(letters.base), str(context.library.stamp())]
    if letters.job:
        made_of += [target.key for target in letters.job.targets]
        own = letters_of(context, letters.job) if letters.job.opened else ()
        made_of += [_content(one.draft) for one in own if one.draft]
    return hashlib.blake2b("\n".join(made_of).encode(), digest_size=12).hexdigest()


def _content(draft: Draft) -> str:
    """All that a draft says, but for who signs it and when it was looked at."""
    apart = {"updated", "signatories", "signatories_done"}
    return json.dumps({k: v for k, v in draft.content().items() if k not in apart})


class Moved(StrEnum):
    """How the letter stands to the text that was opened for signing."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


def moved_on(context: Context, signing: Signing, keys: dict[str, str]) -> Moved:
    """Whether the letter is another by now than the text that is open, or there is none today."""
    letters = letters_by(context, signing.letter_id)
    if letters is None or not keys or signing.basis == basis_of(context, letters):
        return Moved.SAME
    now = {one.key: one.digest for one in texts_of(context, letters)}
    if not now:
        return Moved.GONE
    return Moved.SAME if now == keys else Moved.CHANGED


def titles_of(context: Context, draft: Draft) -> dict[Language, str]:
    """What a letter is on that asks for something else, in each language; else nothing."""
    campaign = own_campaign(draft, context.library)
    return {one: campaign.title(one) for one in Language} if campaign else {}
