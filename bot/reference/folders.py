"""A treaty's folder, read into a `Treaty`: `treaty.toml`, and what is wrong with it by line.

CONTRIBUTING.md says what stands in it. What a person wrote is a value: a folder that cannot be
used gives its problems, each with what to do.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.letters.french import spaced
from bot.letters.joining import Condition, NoticePeriod
from bot.letters.model import Language
from bot.letters.treaties import Closing, Force, Register, Signature, Title, Treaty
from bot.reference.written import Lines, Problem, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SETTINGS = "treaty.toml"
LONGEST = 1_000
"""Characters of a title or a sentence."""

MAX_NEEDS, MAX_NOTICE = 200, 1000

ARTICLES = {Language.EN: ("",), Language.FR: ("la", "le", "l’"), Language.ES: ("la", "el")}
CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}")
NUMBER = re.compile(r"[IVXL]{1,6}(?:-[A-Z])?-\d{1,3}(?:-(?:[a-z]|\d{1,3}))?")

_KNOWN: Mapping[str, frozenset[str]] = {
    "": frozenset({
        "number", "register", "style", "own_letter", "declaration", "title", "subject",
        "adoption", "signature", "entry_into_force", "joining", "withdrawal", "does", "aim",
        "organisations",
    }),
    "title": frozenset({*map(str, Language), "ar", "ru", "zh", "page"}),
    "subject": frozenset(map(str, Language)),
    "adoption": frozenset({"on", "by", "document", "source", "concluded"}),
    "adoption.by": frozenset(map(str, Language)),
    "signature": frozenset({"opened", "until", "article", "asks"}),
    "entry_into_force": frozenset({"on", "needs", "states", "article"}),
    "joining": frozenset({
        "by", "parents", "signed_is_enough", "article", "outside", "open_to", "open_article",
        "article_source",
    }),
    "joining.outside": frozenset({*map(str, Language), "article_fr", "article_es", "source"}),
    "withdrawal": frozenset({"months", "days", "from_month_start", "article", "word"}),
    "does": frozenset({*map(str, Language), "articles"}),
    "aim": frozenset(map(str, Language)),
}  # fmt: skip
_LANGUAGES = {Language.EN: "English", Language.FR: "French", Language.ES: "Spanish"}


class Folder(NamedTuple):
    """What a folder's settings say: the treaty, and when parties that are no States joined it."""

    treaty: Treaty
    organisations: tuple[date, ...]


def read(folder: Path) -> Folder | list[Problem]:
    """The treaty of a folder, or all that is wrong with it."""
    if not CODE.fullmatch(folder.name):
        says = "the folder is called as the treaty's code: capitals, digits and hyphens, 2 to 20"
        return [Problem(SETTINGS, 0, says)]
    found = settings_in(folder, SETTINGS)
    if isinstance(found, Problem):
        return [found]
    text, data = found
    reading = _Reading(data)
    treaty, organisations = reading.treaty(folder.name), reading.organisations()
    if treaty is None or reading.problems:
        return _with_lines(reading.problems, text)
    return Folder(treaty, organisations)


def _with_lines(found: Iterable[tuple[str, str]], text: str) -> list[Problem]:
    lines = Lines(text)
    problems = dict.fromkeys(Problem(SETTINGS, lines.of(key), says) for key, says in found)
    return sorted(problems, key=lambda one: one.line)


class _Reading:
    """One reading of the settings; problems are gathered with the key where they stand."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self.problems: list[tuple[str, str]] = []

    def treaty(self, code: str) -> Treaty | None:
        """The treaty; None where something that it cannot be without is wrong."""
        self._strays()
        number = self._text("number", "the number in the Treaty Collection, such as XXVI-5")
        if number and not NUMBER.fullmatch(number):
            self._wrong("number", "a number is written as in its page's address: IV-11-c")
        register = self._register()
        forms = {one: self._title(one) for one in Language}
        subject = self._in_each("subject", "a few words for lists")
        adopted_on = self._day("adoption.on", "the day of adoption")
        force = self._force()
        signature = self._signature()
        joining = self._table("joining")
        if joining.get("by", "consent") != "consent":
            self._wrong("joining.by", 'by is "consent", or left out')
        # A letter template of its own says what the treaty does.
        own_letter = self._data.get("own_letter") is True
        does = {} if own_letter else self._in_each("does", "a sentence on what it commits to")
        aim = {} if own_letter else self._in_each("aim", "what a State shows its commitment to")
        self._order(adopted_on, signature, force)
        withdrawal, adoption = self._table("withdrawal"), self._table("adoption")
        adopters = self._in_each("adoption.by", "who adopted it") if "by" in adoption else {}
        condition, outside = self._condition(), self._outside()
        members_only, notice = self._members_only(), self._notice()
        if self.problems or adopted_on is None:
            return None
        return Treaty(
            code,
            number,
            register,
            forms,
            subject,
            adopted_on,
            force,
            signature,
            adopters=adopters,
            concluded=adoption.get("concluded") is True,
            by_consent=joining.get("by") == "consent",
            condition=condition,
            outside=outside,
            members_only=members_only,
            notice=notice,
            denounced=withdrawal.get("word", "denunciation") == "denunciation",
            does=does,
            aim=aim,
            in_style_of_2010=self._data.get("style") == "2010",
            needs_declaration=self._data.get("declaration") is True,
            page_title=str(self._table("title").get("page", "")),
            also_titled=tuple(
                str(self._table(f"title.{one}").get("text", "")) for one in ("ar", "ru", "zh")
            ),
        )

    def organisations(self) -> tuple[date, ...]:
        """The days on which parties that are no States became party."""
        listed = self._data.get("organisations", [])
        found = listed if isinstance(listed, list) else [None]
        days = [one.get("acted_on") if isinstance(one, dict) else None for one in found]
        if not all(isinstance(day, date) for day in days):
            says = "each of [[organisations]] has name, action, and acted_on, a day without quotes"
            self._wrong("organisations", says)
        return tuple(day for day in days if isinstance(day, date))

    def _strays(self) -> None:
        """Keys that mean nothing: a slip, or a value that would silently not count."""
        for table, known in _KNOWN.items():
            for key in self._table(table):
                if key not in known:
                    path = f"{table}.{key}" if table else key
                    says = f"nothing is called {key} here: there are {', '.join(sorted(known))}"
                    self._wrong(path, says)

    def _register(self) -> Register:
        found = self._data.get("register")
        if not isinstance(found, str) or found not in set(Register):
            self._wrong("register", f"register is one of {', '.join(Register)}")
            return Register.HUMAN_RIGHTS
        return Register(found)

    def _title(self, language: Language) -> Title:
        called, where = _LANGUAGES[language], f"title.{language}"
        text = self._text(f"{where}.text", f"the {called} title, as the treaty's own text has it")
        short = self._text(f"{where}.short", f"what a letter in {called} calls it then: Convention")
        if "'" in text:
            self._wrong(f"{where}.text", "an apostrophe is written ’")
        article = self._table(where).get("article", "")
        if article not in ARTICLES[language]:
            which = " or ".join(ARTICLES[language])
            self._wrong(f"{where}.article", f"the article of the {called} title: {which}")
        return Title(text, short, str(article))

    def _force(self) -> Force:
        table = self._table("entry_into_force")
        on = self._day("entry_into_force.on", "") if "on" in table else None
        needs, states = table.get("needs", 0), table.get("states", [])
        if not isinstance(needs, int) or not 0 <= needs <= MAX_NEEDS:
            self._wrong("entry_into_force.needs", "needs is the number of instruments, such as 40")
            needs = 0
        if not isinstance(states, list) or not all(isinstance(one, str) for one in states):
            self._wrong("entry_into_force.states", 'states are codes: ["DZA", "ARG"]')
            states = []
        if on is None and not needs and not states:
            says = "give on, the day of entry into force; or needs or states, what it still takes"
            self._wrong("entry_into_force", says)
        return Force(on, needs, tuple(states), str(table.get("article", "")))

    def _signature(self) -> Signature | None:
        if "signature" not in self._data:
            return None
        table = self._table("signature")
        opened = self._day("signature.opened", "") if "opened" in table else None
        until = table.get("until")
        if table.get("asks", "accession") != "accession":
            self._wrong("signature.asks", 'asks is "accession", or left out')
        asks = "asks" in table
        if isinstance(until, str) and until in set(Closing):
            return Signature(opened, Closing(until), str(table.get("article", "")), asks)
        if not isinstance(until, date) or isinstance(until, datetime):
            says = f"until is {' or '.join(Closing)} in quotes, or its last day without: 2000-12-31"
            self._wrong("signature.until", says)
            return None
        return Signature(opened, until, str(table.get("article", "")), asks)

    def _order(self, adopted: date | None, signature: Signature | None, force: Force) -> None:
        """No treaty is signed or in force before it was adopted, nor closed before it opened."""
        if adopted is None:
            return
        later = {"entry_into_force.on": force.on}
        if signature:
            until = signature.until if isinstance(signature.until, date) else None
            later |= {"signature.opened": signature.opened, "signature.until": until}
            if until and signature.opened and until < signature.opened:
                self._wrong("signature.until", f"{until} is before it was opened")
        for key, day in later.items():
            if day and day < adopted:
                self._wrong(key, f"{day} is before the adoption, {adopted}: mend one of them")

    def _condition(self) -> Condition | None:
        table = self._table("joining")
        parents = table.get("parents", [])
        if not isinstance(parents, list) or not all(isinstance(one, str) for one in parents):
            self._wrong("joining.parents", 'parents are codes of treaties: ["CRC"]')
            return None
        if not parents:
            return None
        article = str(table.get("article", ""))
        return Condition(tuple(parents), table.get("signed_is_enough") is True, article)

    def _outside(self) -> dict[Language, Title]:
        """A treaty to be joined first that has no folder: its title, with its article."""
        table = self._table("joining.outside")
        if not table:
            return {}
        found = {}
        for one in Language:
            text = self._text(
                f"joining.outside.{one}", "the title of the treaty to be joined first"
            )
            article = str(table.get(f"article_{one}", ""))
            if article not in ARTICLES[one]:
                which = " or ".join(ARTICLES[one])
                self._wrong(f"joining.outside.article_{one}", f"its article: {which}")
            found[one] = Title(text, "", article)
        return found

    def _members_only(self) -> str:
        table = self._table("joining")
        if "open_to" not in table:
            return ""
        if table["open_to"] != "members":
            self._wrong("joining.open_to", 'open_to is "members" (of the UN), or left out')
        return self._text("joining.open_article", "by which article: art. 38")

    def _notice(self) -> NoticePeriod | None:
        table = self._table("withdrawal")
        if not table:
            return None
        months, days = table.get("months", 0), table.get("days", 0)
        given = [one for one in (months, days) if one]
        if len(given) != 1 or not isinstance(given[0], int) or not 0 < given[0] <= MAX_NOTICE:
            says = "give months = 12 or days = 90, after which it takes effect"
            self._wrong("withdrawal.months", says)
            return None
        start = table.get("from_month_start") is True
        return NoticePeriod(months, start, str(table.get("article", "")), days)

    def _in_each(self, key: str, what: str) -> dict[Language, str]:
        """A text in every language, with the language's own blanks."""
        found = {}
        for one in Language:
            text = self._text(f"{key}.{one}", f"{what}, in {_LANGUAGES[one]}")
            found[one] = spaced(text) if one is Language.FR else text
        return found

    def _text(self, key: str, what: str) -> str:
        table, _dot, last = key.rpartition(".")
        found = self._table(table).get(last)
        if not isinstance(found, str) or not found.strip():
            self._wrong(key, f"{key} is missing: give {what}")
            return ""
        if len(found) > LONGEST:
            self._wrong(key, f"{key} has at most {LONGEST} characters")
        return found.strip()

    def _day(self, key: str, what: str) -> date | None:
        table, _dot, last = key.rpartition(".")
        found = self._table(table).get(last)
        if not isinstance(found, date) or isinstance(found, datetime):
            wanted = f": give {what}" if what else ""
            self._wrong(key, f"{key} is a day such as 1997-09-18, without quotes{wanted}")
            return None
        return found

    def _table(self, path: str) -> dict[str, Any]:
        """A table by its path; empty where it is not there or no table."""
        found: Any = self._data
        for part in path.split(".") if path else ():
            found = found.get(part) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}

    def _wrong(self, key: str, says: str) -> None:
        self.problems.append((key, says))
