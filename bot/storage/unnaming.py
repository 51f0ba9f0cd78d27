"""Taking one person's name out of what a row of the database holds, in the form of each table.

A co-signer's line goes; of an addressee and of the head of an office the name goes; in a text a
mark stands in its place. What others have confirmed word for word is never touched.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

from bot.keeping.naming import MARKS, Hits, folded
from bot.letters.signatory_heads import Meaning
from bot.letters.sound import read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.conversation.talk.draft import Json
    from bot.keeping.naming import Name
    from bot.storage.words import Word

    Words = dict[str, Word]
    Edit = Callable[["Unnaming", Words, str], Words]

ENGLISH = "en"
CO_SIGNER, ADDRESSEE, HEAD, TEXT = "co-signer", "addressee", "head of an office", "text"
"""As what a name stands somewhere."""


class Unnaming:
    """One name, and what was taken out of where: `every` also where it may be a part of another.

    With an organisation only co-signers of that organisation are meant: nothing else says of which
    organisation it is.
    """

    def __init__(self, name: Name, *, every: bool = False) -> None:
        self.name = name
        self.every = every
        self.taken: Counter[str] = Counter()

    def text(self, text: str, language: str, what: str = TEXT) -> str:
        """A text with the mark in the name's place."""
        if self.name.organisation:
            return text
        new = self.name.without(text, MARKS.get(language, MARKS[ENGLISH]), every=self.every)
        if new != text:
            sure, doubtful = self.name.hits(text)
            self.taken[what] += sure + doubtful * self.every
        return new

    def bears(self, row: list[str]) -> bool:
        """Whether a co-signer is the one who is meant: name, role, organisation."""
        name, _role, organisation = row
        if not name and not self.name.organisation:
            return self.name.is_in_field(organisation)
        return self.name.is_in_field(name) and self.name.is_of(organisation)

    def signatories(self, rows: list[list[str]], language: str) -> list[list[str]]:
        """Co-signers without the one who is meant."""
        left = [row for row in rows if not self.bears(row)]
        self.taken[CO_SIGNER] += len(rows) - len(left)
        return [[self.text(cell, language) for cell in row] for row in left]

    def draft(self, data: Json) -> Json:
        """A letter's answers, its own words and the lines that are still asked about."""
        language = data.get("language") or ENGLISH
        new = dict(data)
        new["signatories"] = self.signatories(data.get("signatories") or [], language)
        for key in ("place", "address", "city"):
            if data.get(key):
                new[key] = self.text(data[key], language)
        if data.get("addressee"):
            new["addressee"] = self._person(data["addressee"], language, ADDRESSEE)
        if data.get("booked"):
            new["booked"] = self.entry(data["booked"])
        if data.get("changes"):
            new["changes"] = [self._change(one) for one in data["changes"]]
        if data.get("doubts"):
            new["doubts"] = [one for one in data["doubts"] if not self._is_doubt_of(one)]
        return new

    def entry(self, data: list[Any]) -> list[Any]:
        """What a mission book says of an office."""
        state, office, city, as_of, lines, email, language, head = data
        language = language or ENGLISH
        mailbox = re.sub(r"[._+-]+", " ", email.partition("@")[0])
        if email and not self.name.organisation and self.name.is_in_field(mailbox):
            self.taken[HEAD] += 1
            email = ""
        kept = [self.text(one, language) for one in lines]
        head = self._person(head, language, HEAD)
        return [state, office, self.text(city, language), as_of, kept, email, data[6], head]

    def table(self, data: list[Any]) -> list[Any]:
        """A list of co-signers that is not added yet: the row is left without its cells."""
        heads, rows, meanings, of_lines, asked = data
        new = [[number, self._cells(cells, meanings)] for number, cells in rows]
        kept = [one for one in asked if not self._is_line_of(one)]
        self.taken[CO_SIGNER] += len(asked) - len(kept)
        return [heads, new, meanings, of_lines, kept]

    def user(self, data: Json) -> Json:
        """What was chosen last, and the texts of the places that led to the view."""
        if not data:
            return data
        language = data.get("language") or ENGLISH
        new = dict(data)
        if "last" in data:
            last = data["last"]
            found = self.signatories(last.get("signatories") or [], language)
            new["last"] = {**last, "signatories": found}
            for key in ("place", "city"):
                if last.get(key):
                    new["last"][key] = self.text(last[key], language)
        new["view"] = self._view(data.get("view") or [], language)
        new["trail"] = [self._view(one, language) for one in data.get("trail", ())]
        return new

    def strings(self, value: Any, language: str) -> Any:  # noqa: ANN401 -- JSON
        """Every text in a JSON value of somebody else's form."""
        if isinstance(value, str):
            return self.text(value, language)
        if isinstance(value, list):
            return [self.strings(one, language) for one in value]
        if not isinstance(value, dict):
            return value
        whole = f"{value.get('first_name', '')} {value.get('last_name', '')}"
        if "first_name" in value and not self.name.organisation and self.name.is_in_field(whole):
            self.taken[TEXT] += 1
            value = {k: v for k, v in value.items() if k != "last_name"}
            value["first_name"] = MARKS[ENGLISH]
        return {key: self.strings(one, language) for key, one in value.items()}

    def _view(self, view: list[Any], language: str) -> list[Any]:
        """A place that was looked at is no text to be read: it loses what was typed there."""
        new = [self.text(one, language) if isinstance(one, str) else one for one in view]
        return ["" if a != b else b for a, b in zip(view, new, strict=True)]

    def _person(self, data: list[Any], language: str, what: str) -> list[Any]:
        rank, gender, name = data
        if name and not self.name.organisation and self.name.is_in_field(name):
            self.taken[what] += 1
            return [rank, gender, ""]
        return [rank, gender, self.text(name, language, what) if name else name]

    def _change(self, data: Json) -> Json:
        wordings = [
            [
                language,
                self.text(text, language),
                self.text(original, language) if original else original,
                source and [source[0], self.text(source[1], source[0])],
            ]
            for language, text, original, source in data["wordings"]
        ]
        return {**data, "wordings": wordings}

    def _is_doubt_of(self, data: list[Any]) -> bool:
        _kind, text, readings = data
        found = any(self.bears(row) for row in readings) or self._is_line_of(text)
        self.taken[CO_SIGNER] += found
        return found

    def _is_line_of(self, line: str) -> bool:
        sure, doubtful = self.name.hits(line)
        of_it = not self.name.organisation or self.name.organisation in folded(line)
        return bool(of_it and sure + doubtful * self.every)

    def _cells(self, cells: list[str], meanings: Mapping[str, int]) -> list[str]:
        def cell(meaning: Meaning) -> str:
            at = meanings.get(meaning, len(cells))
            return cells[at] if at < len(cells) else ""

        names = [*cells, f"{cell(Meaning.FIRST_NAME)} {cell(Meaning.LAST_NAME)}"]
        of_it = not self.name.organisation or any(map(self.name.is_of, cells))
        if of_it and any(map(self.name.is_in_field, names)):
            self.taken[CO_SIGNER] += 1
            return [""] * len(cells)
        return [self.text(one, ENGLISH) for one in cells]


def _json(column: str, made: Callable[[Unnaming, Any, str], Any]) -> Edit:
    """What is made of a column that holds JSON; empty ones stay."""

    def edit(unnaming: Unnaming, words: Words, language: str) -> Words:
        value = words[column]
        if not value:
            return {}
        data = read_json(str(value))
        new = made(unnaming, data, language)
        return {column: json.dumps(new)} if new != data else {}

    return edit


def _set(unnaming: Unnaming, words: Words, language: str) -> Words:
    rows = read_json(str(words["signatories"]))
    new = unnaming.signatories(rows, language)
    name = unnaming.text(str(words["name"]), language)
    changed: Words = {"signatories": json.dumps(new)} if new != rows else {}
    return {**changed, "name": name} if name != words["name"] else changed


def _plain(column: str) -> Edit:
    def edit(unnaming: Unnaming, words: Words, language: str) -> Words:
        new = unnaming.text(str(words[column]), language)
        return {column: new} if new != words[column] else {}

    return edit


def _job(unnaming: Unnaming, data: Json, _language: str) -> Json:
    booked = {iso3: unnaming.entry(one) for iso3, one in data.get("booked", {}).items()}
    new = {**data, "draft": unnaming.draft(data["draft"])}
    return {**new, "booked": booked} if booked else new


def _owed(unnaming: Unnaming, data: Json, _language: str) -> Json:
    send = [
        {**one, "draft": unnaming.draft(one["draft"])} if "draft" in one else one
        for one in data.get("send", ())
    ]
    return {**data, "send": send} if send else data


def _asking(unnaming: Unnaming, data: Json, _language: str) -> Json:
    return {**data, "asks": unnaming.text(data["asks"], data.get("language") or ENGLISH)}


def _endorser(unnaming: Unnaming, data: Json, language: str) -> Json:
    """What one who is asked has said of others; who bears the name is erased before, by the act."""
    new = dict(data)
    for key in ("proposed", "given"):
        if not unnaming.bears(data[key]):
            new[key] = [unnaming.text(cell, language) for cell in data[key]]
    return {**new, "comment": unnaming.text(data["comment"], language)}


EDITS: Mapping[str, Edit] = {
    "users": _json("data", lambda one, data, _language: one.user(data)),
    "drafts": _json("data", lambda one, data, _language: one.draft(data)),
    "revisions": _json("data", lambda one, data, _language: one.draft(data)),
    "sets": _set,
    "letterheads": _json("lines", lambda one, data, language: one.strings(data, language)),
    "jobs": _json("data", _job),
    "lists": _json("data", lambda one, data, _language: one.table(data)),
    "inbox": _json("data", lambda one, data, language: one.strings(data, language)),
    "updates": _json("owed", _owed),
    "signings": _json("data", _asking),
    "endorsers": _json("data", _endorser),
    "coalitions": _plain("name"),
    "members": _plain("shown_as"),
    "missions": _json("data", lambda one, data, _language: one.entry(data)),
    "mission_proposals": _json(
        "data", lambda one, data, _language: [one.entry(entry) for entry in data]
    ),
}
"""What is made of each table's words: the columns that change. Frozen texts are not among them."""


def still(name: Name, words: Words) -> Hits:
    """How often a name stands in what a row holds, wherever."""
    sure = doubtful = 0
    for value in words.values():
        for text in _texts(value):
            hits = name.hits(text)
            sure, doubtful = sure + hits.sure, doubtful + hits.doubtful
    return Hits(sure, doubtful)


def _texts(value: Word) -> list[str]:
    if isinstance(value, bytes):
        return _in_package(value)
    if not value:
        return []
    try:
        found: list[Any] = [json.loads(value)]
    except ValueError:
        return [value]
    texts = []
    while found:
        one = found.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, list):
            found += one
        elif isinstance(one, dict):
            found += one.values()
    return texts


def _in_package(data: bytes) -> list[str]:
    """The texts of a Word letterhead; of a picture none. It was bounded when it came."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [one for one in package.namelist() if one.endswith(".xml")]
            pages = [package.read(one).decode("utf-8", "replace") for one in parts]
    except (zipfile.BadZipFile, OSError, ValueError):
        return []
    paragraphs = (re.split(r"</w:p>", page) for page in pages)
    return [re.sub(r"<[^>]*>", "", one) for found in paragraphs for one in found]
