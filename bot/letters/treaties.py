"""A treaty as a value: what it is called, when it was made, who may join it, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.letters.joining import Condition, NoticePeriod
    from bot.letters.model import Language


class Register(StrEnum):
    """Of what a treaty speaks, and so in which words letters speak of it."""

    HUMAN_RIGHTS = "human-rights"
    DISARMAMENT = "disarmament"
    JUSTICE = "justice"
    PROTECTION = "protection"


class Closing(StrEnum):
    """When a treaty closes for signature, where that is no day of the calendar."""

    NEVER = "never"
    ENTRY_INTO_FORCE = "entry into force"


@dataclass(frozen=True, slots=True)
class Title:
    """What a treaty is called in one language, without an article; and what a letter calls it then.

    `article` is "la", "le", "l’", "el": French and Spanish build every form on it.
    """

    text: str
    short: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """From when until when a treaty is open for signature, by which article.

    With `asks_accession` it is open for accession as well, and letters ask for that, the shorter
    way.
    """

    opened: date | None
    until: date | Closing
    article: str
    asks_accession: bool = False


@dataclass(frozen=True, slots=True)
class Force:
    """When a treaty entered into force, None where it has not; and what that takes.

    `needs` is a number of instruments; `states` are those by their code that must all have
    ratified.
    """

    on: date | None
    needs: int = 0
    states: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty of the United Nations Treaty Collection, as its folder has it.

    `adopters` adopted it, by language and with their article; where there are none the General
    Assembly did, or, where it is `concluded`, nobody: it was signed and opened. `condition` says
    whom it is open to where that is not every State, `outside` is a treaty to be joined first
    whose parties are not known here, `members_only` the article by which it is open to Members of
    the United Nations alone. Without a `notice` it has no rule on leaving it. `does` says what it
    commits its parties to, `aim` what a State shows its commitment to; `subject` is for lists,
    `also_titled` are titles in other languages. `page_title` is that of its status page, where it
    is another than the English one.
    """

    code: str
    untc_number: str
    register: Register
    forms: Mapping[Language, Title]
    subject: Mapping[Language, str]
    adopted_on: date
    force: Force
    signature: Signature | None = None
    adopters: Mapping[Language, str] = field(default_factory=dict)
    concluded: bool = False
    by_consent: bool = False
    condition: Condition | None = None
    outside: Mapping[Language, Title] = field(default_factory=dict)
    members_only: str = ""
    notice: NoticePeriod | None = None
    denounced: bool = True
    does: Mapping[Language, str] = field(default_factory=dict)
    aim: Mapping[Language, str] = field(default_factory=dict)
    in_style_of_2010: bool = False
    needs_declaration: bool = False
    page_title: str = ""
    also_titled: tuple[str, ...] = ()

    @property
    def titles(self) -> Mapping[Language, str]:
        """The title in each language."""
        return {language: one.text for language, one in self.forms.items()}

    @property
    def entry_into_force(self) -> date | None:
        """The day, None where that has not come."""
        return self.force.on

    @property
    def opened_for_signature(self) -> date | None:
        """The day, where it is known and the treaty is signed at all."""
        return self.signature.opened if self.signature else None

    def is_in_force(self, on: date) -> bool:
        """Whether it had entered into force by that day."""
        return self.force.on is not None and self.force.on <= on

    def may_be_signed(self, on: date) -> bool:
        """Whether it has not closed for signature by then."""
        if self.signature is None:
            return False
        until = self.signature.until
        if until is Closing.NEVER:
            return True
        if until is Closing.ENTRY_INTO_FORCE:
            return not self.is_in_force(on)
        return on <= until
