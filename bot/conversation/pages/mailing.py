"""The same letter to many States: which, in which language each, and a last look before it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.context import LANGUAGE_NAMES
from bot.conversation.mailing import (
    ALL,
    CODES,
    OWN,
    Job,
    Selection,
    differing,
    offered,
    targets,
    untranslated,
)
from bot.conversation.names import by_name, region_names
from bot.conversation.pages.base import Page, Step, blocks, lines, looking
from bot.conversation.pages.wording import section_name
from bot.conversation.paging import in_rows, paged
from bot.conversation.values import Changes, RunJob, Screen, Typed, View
from bot.letters.model import Language, Stage

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.library import Translator
    from bot.conversation.values import Button, FileSent
    from bot.letters.model import State

PAGE = 8
NAMES_SHOWN = 30

MAILING = View("mailing")


def code_names(_: Translator) -> dict[str, str]:
    """A choice of language in a word."""
    return {
        OWN: _("its own language"),
        ALL: _("all three"),
        **{str(language): name for language, name in LANGUAGE_NAMES.items()},
    }


def selection_of(context: Context) -> Selection:
    """The States chosen for this draft; none yet for another one's."""
    chosen = context.user.selection
    draft = context.draft
    return chosen if chosen and chosen.draft_id == draft.id else Selection(draft.id)


def chosen_of(context: Context) -> dict[str, State]:
    """The chosen States that may be written to, by code."""
    selection = selection_of(context)
    states = (state for state, _ in offered(context.draft, context.library))
    return {state.iso3: state for state in states if state.iso3 in selection.states}


class MailingPage(Page):
    """By group or one by one; the view's text is what was typed to find some."""

    views = ("mailing", "mailingstates", "mailinglanguages", "mailingcheck")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The part that is looked at."""
        if context.looks_at("mailingstates"):
            return self._states_screen(context, notice)
        if context.looks_at("mailinglanguages"):
            return self._languages_screen(context, notice)
        if context.looks_at("mailingcheck"):
            return self._check_screen(context, notice)
        return self._main_screen(context, notice)

    def _main_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        selection = selection_of(context)
        open_to = offered(context.draft, context.library)
        found = targets(selection, context.draft, context.library)
        signed = [state for state, standing in open_to if standing.stage is Stage.SIGNED]
        unsigned = [state for state, standing in open_to if standing.stage is not Stage.SIGNED]
        regions = Counter(state.region for state, _ in open_to)
        names = region_names(_)
        groups = [
            (_("All that are not party (%(count)s)", count=len(open_to)), "all", open_to),
            (_("Signed, not ratified (%(count)s)", count=len(signed)), "signed", signed),
            (_("Not signed (%(count)s)", count=len(unsigned)), "unsigned", unsigned),
        ]
        rows: list[tuple[Button, ...]] = [
            (context.button(label, "group", key),) for label, key, members in groups if members
        ]
        rows += in_rows(
            [
                context.button(f"{names[region]} ({count})", "region", region)
                for region, count in sorted(regions.items(), key=lambda pair: names[pair[0]])
            ],
            2,
        )
        rows.append((context.button(_("Tick States one by one"), "mailingstates"),))
        if found:
            rows += [
                (
                    context.button(_("Languages"), "mailinglanguages"),
                    context.button(_("None"), "group", "none"),
                ),
                (
                    context.button(
                        _.plural("Write %(count)s letter", "Write %(count)s letters", len(found)),
                        "mailingcheck",
                    ),
                ),
            ]
        as_of = _(
            "Status of treaties as at %(date)s.", date=context.day(context.library.records.as_of)
        )
        ask = _("Tap a group to add its States; tap it again to take them away. Or type names.")
        return Screen(
            _("To which States does the letter go?"),
            blocks(notice, _summary(context), f"{ask}\n{as_of}"),
            tuple(rows),
            _("Names of States, parted by commas"),
        )

    def _states_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        selection = selection_of(context)
        names = code_names(_)
        rows = []
        states = [state for state, _ in offered(context.draft, context.library)]
        for state in by_name(context, states):
            mark = "☑" if state.iso3 in selection.states else "☐"
            rows += [
                context.button(f"{mark} {context.state_name(state)}", "tick", state.iso3),
                context.button(names[_code(context, state)], "language", state.iso3),
            ]
        page = context.user.view.page
        done = context.button(_("Done"), "mailing")
        ask = _("Left: tick a State. Right: its letter’s language, the next one with each tap.")
        return Screen(
            _("Tick the States"),
            blocks(notice, _summary(context), ask),
            (*paged(context, rows, page, size=2 * PAGE, width=2), (done,)),
            _("Names of States, parted by commas"),
        )

    def _languages_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        selection = selection_of(context)
        names, regions = code_names(_), region_names(_)
        present = {state.region for state in chosen_of(context).values()}
        buttons = [
            context.button(
                f"{regions[region]} – {names[selection.regions.get(region, OWN)]}",
                "regionlanguage",
                region,
            )
            for region in sorted(present, key=regions.__getitem__)
        ]
        everywhere = in_rows(
            [context.button(name, "everywhere", code) for code, name in names.items()], 2
        )
        text = _(
            "Tap a region to change the language of its letters, or choose one for all States. "
            "Its own language: English, French or Spanish where it is an official language of the "
            "State, otherwise English."
        )
        return Screen(
            _("In which language does each State get its letter?"),
            blocks(notice, _summary(context), text),
            (
                *in_rows(buttons, 1),
                *everywhere,
                (context.button(_("Done"), "mailing"),),
            ),
        )

    def _check_screen(self, context: Context, notice: str) -> Screen:
        """A last look: what would go out, and what would be wrong with it."""
        _ = context._
        draft, library = context.draft, context.library
        found = targets(selection_of(context), draft, library)
        other = [(section_name(_, key), n) for key, n in differing(draft, found, library)]
        warnings = [
            _(
                "Your own words are not all translated into %(language)s, or their source has "
                "changed since.",
                language=LANGUAGE_NAMES[language],
            )
            for language in sorted(untranslated(draft, found))
        ] + [
            _.plural(
                "“%(section)s”: another original text in %(count)s letter.",
                "“%(section)s”: another original text in %(count)s letters.",
                count,
                section=name,
            )
            for name, count in other
        ]
        if other:
            warnings.append(
                _("Your words were written for one State: they may not hold for the others.")
            )
        rows: list[tuple[Button, ...]] = []
        if other:
            rows.append(
                (context.button(_("Write, with the original text there"), "start", "originals"),)
            )
            rows.append((context.button(_("Write, with my words everywhere"), "start", "mine"),))
        elif found:
            label = _("Write all the same") if warnings else _("Write the letters")
            rows.append((context.button(label, "start", "mine"),))
        consent = (
            _("Please make sure that all co-signers agree to sign all of these letters.")
            if draft.signatories
            else ""
        )
        return Screen(
            _.plural("Write %(count)s letter?", "Write %(count)s letters?", len(found)),
            blocks(notice, _summary(context), "\n".join(f"⚠ {line}" for line in warnings), consent),
            tuple(rows),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Choose States and languages; begin."""
        if action in self.views:
            return looking(context, View(action))
        if action == "start":
            return _started(context, originals=value == "originals")
        selection = selection_of(context)
        if action == "tick":
            selection = replace(selection, states=selection.states ^ {value})
        elif action in {"group", "region"}:
            selection = replace(selection, states=_toggled(context, selection, action, value))
        elif action == "everywhere":
            regions = dict.fromkeys(region_names(context._), value)
            selection = replace(selection, regions=regions, languages={})
        elif action == "regionlanguage":
            code = _next_code(selection.regions.get(value, OWN))
            members = {
                s.iso3 for s, _ in offered(context.draft, context.library) if s.region == value
            }
            kept = {k: v for k, v in selection.languages.items() if k not in members}
            selection = replace(
                selection, regions={**selection.regions, value: code}, languages=kept
            )
        elif action == "language":
            state = context.library.records.states[value]
            code = _next_code(_code(context, state))
            selection = replace(selection, languages={**selection.languages, value: code})
        return _selected(context, selection)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Names of States: those found are ticked, the others named."""
        if not isinstance(event, Typed) or not context.looks_at("mailing", "mailingstates"):
            return None
        _ = context._
        may = {state.iso3 for state, _ in offered(context.draft, context.library)}
        found: set[str] = set()
        unknown, party = [], []
        for name in event.text.replace("\n", ",").replace(";", ",").split(","):
            if not name.strip():
                continue
            states = context.library.find_states(name)
            if len(states) != 1:
                unknown.append(name.strip()[:40])
            elif states[0].iso3 in may:
                found.add(states[0].iso3)
            else:
                party.append(context.state_name(states[0]))
        selection = selection_of(context)
        notice = lines(
            _("Not found, or not certain: %(names)s.", names=", ".join(unknown[:NAMES_SHOWN]))
            if unknown
            else "",
            _("Nothing left to ask of: %(names)s.", names=", ".join(party[:NAMES_SHOWN]))
            if party
            else "",
        )
        return _selected(context, replace(selection, states=selection.states | found), notice)

    def back(self, context: Context) -> View:
        """To the groups; from there to the letter."""
        return View("draft") if context.looks_at("mailing") else MAILING


def _code(context: Context, state: State) -> str:
    """The language a State's letter has: its own is named by what it is."""
    code = selection_of(context).code(state)
    return str(context.library.official_language(state)) if code == OWN else code


def _next_code(code: str) -> str:
    return str(CODES[(CODES.index(code) + 1) % len(CODES)])


def _selected(context: Context, selection: Selection, notice: str = "") -> Step:
    user = replace(context.user, selection=selection)
    return Step(replace(context.session, user=user), notice)


def _toggled(context: Context, selection: Selection, action: str, value: str) -> frozenset[str]:
    """The States with a whole group added; without it, if all of it was there."""
    if value == "none":
        return frozenset()
    members = frozenset(
        state.iso3
        for state, standing in offered(context.draft, context.library)
        if value == "all"
        or (action == "region" and state.region == value)
        or (value == "signed" and standing.stage is Stage.SIGNED)
        or (value == "unsigned" and standing.stage is not Stage.SIGNED)
    )
    if members <= selection.states:
        return selection.states - members
    return selection.states | members


def _summary(context: Context) -> str:
    """How many States and letters, in which languages, and the States' names."""
    _ = context._
    chosen = by_name(context, list(chosen_of(context).values()))
    if not chosen:
        return _("No State is chosen yet.")
    found = targets(selection_of(context), context.draft, context.library)
    counts = Counter(target.language for target in found)
    languages = ", ".join(
        f"{LANGUAGE_NAMES[language]} {counts[language]}"
        for language in Language
        if counts[language]
    )
    states = _.plural("%(count)s State", "%(count)s States", len(chosen))
    letters = _.plural("%(count)s letter", "%(count)s letters", len(found))
    names = ", ".join(context.state_name(state) for state in chosen[:NAMES_SHOWN])
    more = ", …" if len(chosen) > NAMES_SHOWN else ""
    return f"{states}, {letters} ({languages})\n{names}{more}"


def _started(context: Context, *, originals: bool) -> Step:
    draft: Draft = context.draft
    found = targets(selection_of(context), draft, context.library)
    if not found:
        return looking(context, MAILING)
    job = Job(context.library.new_id(), draft, found, originals)
    session = context.session.looking(View("job", job.id))
    return Step(session, changes=Changes(jobs=(job,)), effects=(RunJob(job.id),))
