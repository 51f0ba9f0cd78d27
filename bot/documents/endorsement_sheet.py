"""The record of a signing as a sheet to print (PDF/UA-1), set by Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.documents.endorsements import said_at
from bot.documents.page import set_data

if TYPE_CHECKING:
    from bot.documents.endorsements import EndorsementRecord


def to_sheet(record: EndorsementRecord) -> bytes:
    """Every entry, and every text by its digest; equal records give equal bytes."""
    data = {
        "language": record.language,
        "title": record.title,
        "asked_by": record.asked_by,
        "opened": said_at(record.opened),
        "closed": said_at(record.closed),
        "words": asdict(record.words),
        "entries": [{**asdict(one), "at": said_at(one.at)} for one in record.entries],
        "texts": [{**asdict(one), "made": said_at(one.made)} for one in record.texts],
    }
    stamp = record.closed or record.opened
    return set_data("endorsements.typ", json.dumps(data, ensure_ascii=False), stamp)
