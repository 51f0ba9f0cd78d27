"""Whose names stand below the final letter: those who confirmed its text, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.sorting import by_organisation
from bot.signings.values import Order, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.letters.model import Signatory
    from bot.signings.values import Endorser, Signing


def stands(signing: Signing, endorser: Endorser) -> bool:
    """Whether it confirmed the text that holds, and was not left out.

    Who withdrew when the letter had gone out stands below what went out; the record says so.
    """
    same = endorser.shown is not None and endorser.shown.version == signing.version
    stood = endorser.status is Status.CONFIRMED or endorser.after_sending
    confirmed = stood and same and not endorser.erased
    return confirmed and endorser.id not in signing.without


def final_names(signing: Signing, endorsers: Iterable[Endorser]) -> tuple[Signatory, ...]:
    """Each once, as it gave its name, in the order that the drafter chose."""
    found = tuple(dict.fromkeys(one.given for one in endorsers if stands(signing, one)))
    return by_organisation(found) if signing.order is Order.ORGANISATION else found
