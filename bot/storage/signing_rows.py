"""Signings, those who are asked, and links: values from rows, and rows from values."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.letters.model import Language, Signatory
from bot.letters.sound import read_json
from bot.signings.values import (
    NOBODY_YET,
    Endorser,
    Kind,
    Link,
    Order,
    Shown,
    Signing,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.storage.sealing import Sealing

OF_SIGNINGS = ("signing_acts", "signing_links", "endorsers", "signing_texts")
"""What hangs on a signing, by its `signing_id`."""

SIGNING = "SELECT id, user_id, data, deadline, version, acts, heard, closed, nudged FROM signings"
ENDORSER = "SELECT signing_id, id, status, told, user_id, data FROM endorsers"
LINK = (
    "SELECT digest, signing_id, endorser_id, kind, expires, used, revoked, visits"
    " FROM signing_links"
)


def signing_data(one: Signing, sealing: Sealing) -> str | bytes:
    """What no column holds, as it is written."""
    data = json.dumps(
        {
            "letter_id": one.letter_id,
            "treaties": list(one.treaties),
            "states": list(one.states),
            "asks": one.asks,
            "opened": one.opened.isoformat(),
            "zone": one.zone,
            "key": one.key.hex(),
            "language": one.language,
            "is_many": one.is_many,
            "shows": one.shows,
            "small": one.small,
            "sent": one.sent,
            "order": one.order,
            "without": sorted(one.without),
            "basis": one.basis,
            "titles": dict(one.titles),
        }
    )
    return sealing.close(data, "signings", "data", one.id)


def signing_from(row: tuple[Any, ...], counts: Mapping[Status, int], sealing: Sealing) -> Signing:
    """A signing."""
    signing_id, owner, data, deadline, version, acts, heard, closed, nudged = row
    found = read_json(sealing.open(data, "signings", "data", signing_id))
    return Signing(
        id=signing_id,
        owner=owner,
        letter_id=found["letter_id"],
        treaties=tuple(found["treaties"]),
        states=tuple(found["states"]),
        asks=found["asks"],
        opened=datetime.fromisoformat(found["opened"]),
        deadline=datetime.fromisoformat(deadline),
        zone=found["zone"],
        key=bytes.fromhex(found["key"]),
        language=Language(found["language"]),
        is_many=found["is_many"],
        shows=found["shows"],
        version=version,
        small=found["small"],
        acts=acts,
        heard=heard,
        closed=datetime.fromisoformat(closed) if closed else None,
        sent=found["sent"],
        order=Order(found["order"]),
        without=frozenset(found["without"]),
        basis=found["basis"],
        titles={Language(key): one for key, one in found.get("titles", {}).items()},
        nudged=bool(nudged),
        counts=counts,
    )


def endorser_data(one: Endorser, sealing: Sealing) -> str | bytes:
    """What no column holds, as it is written; nothing of a name where it was erased."""
    shown = one.shown
    data = json.dumps(
        {
            "proposed": _row(one.proposed),
            "given": _row(one.given),
            "at": one.at.isoformat() if one.at else "",
            "shown": [shown.version, shown.key, shown.digest] if shown else None,
            "comment": one.comment,
            "is_open": one.is_open,
            "taken_in": one.taken_in,
            "reminded": one.reminded.isoformat() if one.reminded else "",
            "after_sending": one.after_sending,
            "erased": one.erased,
            "beside": one.beside,
        }
    )
    return sealing.close(data, "endorsers", "data", one.id)


def endorser_from(row: tuple[Any, ...], sealing: Sealing) -> tuple[str, Endorser]:
    """The signing's id, and one who is asked."""
    signing_id, endorser_id, status, told, user_id, data = row
    found = read_json(sealing.open(data, "endorsers", "data", endorser_id))
    return signing_id, Endorser(
        id=endorser_id,
        proposed=_signatory(found["proposed"]),
        given=_signatory(found["given"]),
        status=Status(status),
        at=datetime.fromisoformat(found["at"]) if found["at"] else None,
        shown=Shown(*found["shown"]) if found["shown"] else None,
        comment=found["comment"],
        user_id=user_id,
        is_open=found["is_open"],
        taken_in=found["taken_in"],
        told=told,
        reminded=datetime.fromisoformat(found["reminded"]) if found["reminded"] else None,
        after_sending=found["after_sending"],
        erased=found["erased"],
        beside=found["beside"],
    )


def link_from(row: tuple[Any, ...]) -> Link:
    """A link."""
    digest, signing_id, endorser_id, kind, expires, used, revoked, visits = row
    return Link(
        digest=bytes(digest),
        signing_id=signing_id,
        kind=Kind(kind),
        expires=datetime.fromisoformat(expires),
        endorser_id=endorser_id,
        used=bool(used),
        revoked=bool(revoked),
        visits=visits,
    )


def _row(one: Signatory) -> list[str]:
    return [one.name, one.role, one.organisation]


def _signatory(row: list[str]) -> Signatory:
    name, role, organisation = row
    found = Signatory(name, organisation, role)
    return NOBODY_YET if found == NOBODY_YET else found
