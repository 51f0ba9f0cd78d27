"""No sequence of events puts a name below a text that its bearer was not shown."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversation.talk.effects import SendSigned
from bot.letters.model import Language
from bot.signings.changes import changed
from bot.signings.final import final_names
from bot.signings.values import Status
from bot.web.signing.visits import ACTS, Done, Visits
from tests.signings.playing import (
    at_card,
    everyone,
    form_of,
    invited,
    open_link,
    opened,
    signing_of,
)

if TYPE_CHECKING:
    from bot.conversation.talk.values import Button
    from bot.signings.values import Endorser
    from tests.conversation.talk import Talk

PEOPLE = st.sampled_from(("test:2", "test:3", "page:4", "page:5"))
OFTEN = (*("confirm",) * 8, *sorted(ACTS))
SAID = frozenset({Status.CONFIRMED, Status.JOINING})
NAMES = ("C. Example, Third Organisation", "D. Example", "no, thank you", "A change, please.")


class Signing(RuleBasedStateMachine):
    """A drafter, two people in chats, two on pages; links are passed on to anybody."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.seen: dict[str, set[str]] = {}
        self.tokens: list[str] = []
        self.forms: list[tuple[str, dict[str, str], str]] = []
        self.known: dict[str, Endorser] = {}
        self.version = 1

    def teardown(self) -> None:
        self.drafter.close()
        self.folder.cleanup()

    @initialize()
    def begin(self) -> None:
        self.drafter = opened(Path(self.folder.name) / "db")
        now = self.drafter.desk.now()
        moments = iter(range(10**6))
        self.drafter.desk.now = lambda: now + timedelta(seconds=next(moments))
        self.visits = Visits(self.drafter.desk)
        self.chats = {name: self.drafter.beside(name) for name in ("test:2", "test:3")}
        self.tokens += [invited(self.drafter, name) for name in ("Example", "Second")]
        self.tokens.append(open_link(self.drafter))
        self.noted("")

    def noted(self, who: str) -> None:
        """Whoever came to stand below the letter just now was shown that very text."""
        signing = signing_of(self.drafter)
        for one in everyone(self.drafter):
            before = self.known.get(one.id)
            stood = before is not None and before.status in SAID and before.at == one.at
            if one.status in SAID and not stood and who:
                assert one.shown
                assert one.shown.digest in self.seen.get(who, set()), (who, one)
                assert one.given.name
            if one.status is Status.CONFIRMED and not who and before is not None:
                assert before.status in SAID, "no drafter confirms for another"
            if one.is_open and not one.taken_in:
                assert one.status is not Status.CONFIRMED
            self.known[one.id] = one
        assert signing.version >= self.version
        self.version = signing.version

    @rule(data=st.data())
    def drafter_taps(self, data: st.DataObject) -> None:
        """Whatever stands there; a link that is made is noted."""
        if signing_of(self.drafter).closed:
            return
        buttons = _of(self.drafter, without=("Home", "Close with", "Delete"))
        if not buttons:
            self.drafter.command("start")
            return
        self.drafter.press(data.draw(st.sampled_from(buttons)))
        self._collected()
        self.noted("")

    @rule()
    def drafter_goes_to_the_card(self) -> None:
        view = replace(self.drafter.session.user.view, name="signing", text="", page=0)
        view = replace(view, key=signing_of(self.drafter).id)
        self.drafter.desk.store.save(self.drafter.session.looking(view), (), None, {})
        self.drafter.effects = self.drafter.desk.current(self.drafter.user).effects

    @rule()
    def drafter_takes_everybody_in(self) -> None:
        if signing_of(self.drafter).count(Status.JOINING) and not signing_of(self.drafter).closed:
            count = signing_of(self.drafter).count(Status.JOINING)
            at_card(self.drafter).tap(f"{count} {'asks' if count == 1 else 'ask'} to join")
            self.drafter.tap("Take 1 in" if count == 1 else "Take all")
            self.noted("")

    @precondition(lambda self: len(self.forms) % 3 == 2)
    @rule(place=st.sampled_from(("Bern", "Geneva", "Nairobi")), small=st.booleans())
    def the_text_is_another(self, place: str, small: bool) -> None:  # noqa: FBT001 -- drawn
        """The drafter changes the letter, and puts it to those who are asked."""
        draft = self.drafter.session.draft
        if draft is None or signing_of(self.drafter).closed:
            return
        session = self.drafter.session.with_draft(replace(draft, place=place))
        self.drafter.desk.store.save(session, (), None, {})
        self.drafter_goes_to_the_card()
        if "Put the new text to the co-signers" in self.drafter.labels:
            self.drafter.tap("Put the new text")
            self.drafter.tap("Yes, it is only" if small else "Yes, put it")
        self.noted("")

    @precondition(lambda self: self.tokens)
    @rule(who=PEOPLE, data=st.data(), language=st.sampled_from(list(Language)))
    def somebody_opens_a_link(self, who: str, data: st.DataObject, language: Language) -> None:
        token = data.draw(st.sampled_from(self.tokens))
        if who in self.chats:
            self._in_chat(self.chats[who].start(token))
            return
        found = self.visits.look(token, language)
        if found:
            self.seen.setdefault(who, set()).add(found.shown.digest)
            self.forms.append((who, form_of(found), token))
        self.noted(who)

    @precondition(lambda self: self.forms)
    @rule(data=st.data(), act=st.sampled_from(OFTEN), name=st.sampled_from(NAMES))
    def somebody_sends_a_form(self, data: st.DataObject, act: str, name: str) -> None:
        """Of a page that was shown, however long ago; now and then with a lie in it."""
        who, form, token = data.draw(st.sampled_from(self.forms))
        lies: dict[str, str] = data.draw(
            st.sampled_from(
                (
                    *({}, {}, {}, {"version": str(self.version)}, {"version": "1"}),
                    *({"key": "KEN.fr"}, {"private": "s" + "x" * 32}, {"page": "0" * 64}),
                )
            )
        )
        comes_to = self.visits.speak(
            token, {**form, "act": act, "name": name, "comment": "-", **lies}
        )
        if isinstance(comes_to, Done):
            self.tokens.append(comes_to.token)
        self.noted(who)

    @rule(who=st.sampled_from(("test:2", "test:3")), data=st.data())
    def somebody_taps(self, who: str, data: st.DataObject) -> None:
        chat = self.chats[who]
        buttons = _of(chat, without=())
        if buttons:
            self._in_chat(chat.press(data.draw(st.sampled_from(buttons))))

    @rule(who=st.sampled_from(("test:2", "test:3")))
    def somebody_confirms(self, who: str) -> None:
        chat = self.chats[who]
        ways = [one for one in _of(chat, without=()) if one.label.startswith("Confirm")]
        if ways:
            self._in_chat(chat.press(ways[0]))

    @rule(who=st.sampled_from(("test:2", "test:3")), name=st.sampled_from(NAMES))
    def somebody_types(self, who: str, name: str) -> None:
        if self.chats[who].effects:
            self._in_chat(self.chats[who].type(name))

    def _in_chat(self, chat: Talk) -> None:
        shelf, signing = chat.desk.shelves.signings, signing_of(self.drafter)
        seen = self.seen.setdefault(chat.user, set())
        # What was tapped was judged by what had been shown before.
        self.noted(chat.user)
        for effect in chat.effects:
            if isinstance(effect, SendSigned) and not effect.formats:
                text = shelf.text(signing.id, effect.version, effect.key)
                assert text
                seen.add(text.digest)
        for key, digest in shelf.keys(signing.id, signing.version).items():
            new = shelf.text(signing.id, signing.version, key)
            for version in range(1, signing.version):
                old = shelf.text(signing.id, version, key)
                if (
                    not old
                    or not new
                    or old.digest not in seen
                    or "changed" not in chat.screen.text
                ):
                    continue
                pairs = changed(old.letter, new.letter)
                if all(
                    one.old in chat.screen.text and one.new in chat.screen.text for one in pairs
                ):
                    seen.add(digest)

    def _collected(self) -> None:
        if any(type(one).__name__ == "SendInvitation" for one in self.drafter.effects):
            self.tokens.append(self.drafter.invitation)

    @invariant()
    def the_letter_has_no_other_names(self) -> None:
        if not self.known:
            return
        signing, found = signing_of(self.drafter), everyone(self.drafter)
        names = final_names(signing, found)
        assert set(names) <= {
            one.given
            for one in found
            if one.status is Status.CONFIRMED and one.shown and one.shown.version == signing.version
        }


def _of(talk: Talk, without: tuple[str, ...]) -> list[Button]:
    if not talk.effects:
        return []
    rows = talk.screen.rows
    return [one for row in rows for one in row if not any(word in one.label for word in without)]


TestConsent = Signing.TestCase
TestConsent.settings = settings(
    max_examples=15,
    stateful_step_count=35,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
