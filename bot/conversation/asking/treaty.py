"""Which treaty is the letter about?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.asking.state_party import PARTY
from bot.conversation.talk.context import chosen_also, own_campaign
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.names import CAMPAIGNS, folded, treaty_label
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.question import action_of
from bot.conversation.talk.recipients import refused_by_campaign
from bot.conversation.talk.refusals import no_status_line, refusal_line
from bot.conversation.talk.understood import meant_line
from bot.conversation.talk.values import Answer, Screen, View
from bot.letters.model import Stage
from bot.letters.request import NotOpen

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Button
    from bot.letters.campaign import Campaign
    from bot.letters.model import Language

PAGE = 8


def _starred(campaign: Campaign, language: Language) -> str:
    """A campaign's title, with its treaty where it has one."""
    treaty = f" ({campaign.treaty})" if campaign.treaty else ""
    return f"★ {campaign.title(language)}{treaty}"


class TreatyQuestion:
    """The treaty, the last one used and the campaigns first."""

    key = "treaty"

    def name(self, context: Context) -> str:
        """See `Question`."""
        campaign = context.campaign() if context.session.draft else None
        return context._("Campaign") if campaign and not campaign.treaty else context._("Treaty")

    def applies(self, context: Context) -> bool:
        """Always."""
        return context is not None

    def is_answered(self, draft: Draft) -> bool:
        """See `Question`."""
        return draft.treaty is not None

    def shown(self, context: Context) -> str:
        """See `Question`."""
        campaign = context.campaign()
        if campaign:
            return campaign.title(context.user.language)
        return treaty_label(context, context.draft.treaty or "") or context.draft.campaign

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The list of treaties, or the nearest to what was typed."""
        _ = context._
        view = context.user.view
        codes = view.text.split() or self._in_order(context)
        buttons = [context.button(treaty_label(context, code), "treaty", code) for code in codes]
        if not view.text:
            buttons = [*self._campaigns(context), *buttons]
        return Screen(
            _("Which treaty is the letter about?"),
            notice,
            paged(context, buttons, view.page, size=PAGE)
            + (in_rows([context.button(_("All treaties"), "all")], 1) if view.text else ()),
            _("Type a treaty’s name or code"),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap on a treaty, or its name or code typed."""
        view = context.user.view
        if isinstance(event, Tap):
            action, value = action_of(event.data)
            if action == "treaty":
                return self._chosen(context, value)
            if action == "campaign":
                campaign = context.library.campaigns.get(value)
                return self._chosen(context, campaign.treaty, value) if campaign else Answer()
            return Answer(view=View(view.name, view.key, int(value) if action == "page" else 0))
        if not isinstance(event, Typed):
            return Answer()
        match = context.library.find.treaties(event.text)
        if match.exact:
            return self._chosen(context, match.exact.code)
        for key, one in context.library.campaigns.items():
            if folded(event.text).strip() in {folded(title) for title in one.titles.values()}:
                return self._chosen(context, one.treaty, key)
        _ = context._
        if not match.near:
            notice = _("No treaty of that name is known. Here are those that are.")
            return Answer(notice=notice, view=View(view.name, view.key))
        codes = [treaty.code for treaty in match.near]
        notice = meant_line(_, [treaty_label(context, code) for code in codes])
        return Answer(notice=notice, view=View(view.name, view.key, text=" ".join(codes)))

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, treaty=None, campaign="")

    def _campaigns(self, context: Context) -> list[Button]:
        """An organisation's own campaigns stand first."""
        language = context.user.language
        return [
            context.button(_starred(one, language), "campaign", key)
            for key, one in sorted(context.library.campaigns.items())
        ]

    def _chosen(self, context: Context, code: str, campaign: str = "") -> Answer:
        """Another treaty keeps the State only if it may be asked to join that one too."""
        records = context.library.records
        if code and not records.has_status(code):
            view = View(context.user.view.name, context.user.view.key)
            return Answer(notice=no_status_line(context, code), view=view)
        also = chosen_also(context.draft, context.library)
        draft = replace(context.draft, treaty=code, also=also, campaign=campaign)
        if campaign:
            draft = replace(draft, also=())
            if draft.language and draft.language not in context.languages(draft):
                draft = replace(draft, language=None)
        if draft.state is None:
            return Answer(draft)
        on = context.letter_date()
        if own_campaign(draft, context.library):
            refusal = refused_by_campaign(draft, draft.state, context.library, on)
            if refusal is None:
                return Answer(draft)
            notice = refusal_line(context, draft, refusal)
            return Answer(replace(draft, state=None), notice=notice)
        standing = records.standing(code, draft.state, on)
        treaty, _ = records.treaties[code], context._
        if not records.is_open(code, draft.state):
            notice = refusal_line(context, draft, NotOpen(code, treaty.members_only))
            return Answer(replace(draft, state=None), notice=notice)
        if standing.stage is not Stage.PARTY:
            return Answer(draft)
        notice = _("%(state)s is already party to it.", state=context.state_name(context.state()))
        joined = View("draft", text=f"{PARTY}{draft.state}")
        return Answer(replace(draft, state=None), notice=notice, view=joined)

    def _in_order(self, context: Context) -> list[str]:
        known, last = context.library.records.treaties, context.user.last.treaty
        first = [last] if last in known else []
        return list(dict.fromkeys([*first, *CAMPAIGNS, *known]))
