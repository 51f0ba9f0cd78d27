"""What people do: letters from /new to their files, signings, letters to many States, imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.botapi.images import png
from tests.reference.pages import page, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

CO_SIGNERS = "A. Example, Example Organisation\nB. Example, Chair, Second Organisation"
LIST = b"name,role,organisation\nC. Example,Director,Third Organisation\nD. Example,,Fourth\n"
BOOK = b"State,Office,Address,As of\nKenya,Geneva,Example Street 1,2026-02-03\n"
ROWS = shipped("CED")
STATES = ("Kenya", "Ghana", "Singapore", "Tonga", "Liberia", "Somalia", "Cameroon", "Palau")
LANGUAGES = ("English", "Français", "Español")


@dataclass(frozen=True)
class Do:
    """One thing: a text that is typed, a button's label, or a file; `counts` when it is done."""

    text: str = ""
    tap: str = ""
    file: tuple[str, bytes] | None = None
    begins: str = ""
    counts: str = ""
    job: bool = False
    maybe: bool = False
    """Whether it is left out where there is no such button."""


@dataclass(frozen=True)
class Await:
    """Nothing, until somebody has been invited."""


class Invitations:
    """Links that were given out: the program's own token, and the shadow's."""

    def __init__(self) -> None:
        self.open: list[tuple[str, str]] = []


Step = Do | Await


def letter(rng: Random) -> Iterator[Step]:
    """A whole letter with everything that is done with letters."""
    yield Do("/new", begins="letters begun")
    yield Do(tap="OPSC")
    yield Do(rng.choice(STATES))
    yield Do(tap="Choose anew", maybe=True)
    yield Do(tap=rng.choice(LANGUAGES))
    if rng.random() < 0.3:
        yield Do(file=("list.csv", LIST))
        yield Do(tap="Add ", counts="lists of co-signers imported")
    yield Do(CO_SIGNERS)
    yield Do(tap="Done")
    yield Do(tap="Geneva")
    yield Do(tap="Geneva", counts="letters finished")
    parts = [own_words, undone, saved_set, files, files]
    rng.shuffle(parts)
    for part in parts[: rng.randint(1, len(parts))]:
        yield from part(rng)


def own_words(rng: Random) -> Iterator[Step]:
    """A section in one's own words."""
    yield Do(tap="Change")
    yield Do(tap="The text")
    yield Do(tap="☑ Hope|☑ We hope|☑ Nous esp|☑ Esperamos|☑ J’esp|☑ I hope|✎|Add a paragraph")
    yield Do(f"We hope for it, and for the {rng.randint(2, 99)} children of the village.")
    yield from to_letter()


def undone(rng: Random) -> Iterator[Step]:
    """Another mission, and back, and forth."""
    yield Do(tap="Change")
    yield Do(tap="Mission")
    yield Do(tap="New York")
    yield Do(tap="↶ Undo")
    if rng.random() < 0.5:
        yield Do(tap="↷ Redo")


def saved_set(rng: Random) -> Iterator[Step]:
    """The co-signers under a name."""
    yield Do(tap="More")
    yield Do(tap="Save the co-signers")
    yield Do(f"Coalition {rng.randint(1, 10_000)}")


def files(rng: Random) -> Iterator[Step]:
    """Files of the letter."""
    if rng.random() < 0.5:
        yield Do(tap=rng.choice(("PDF", "Word")))
        return
    yield Do(tap="Share")
    yield Do(tap="All files")
    yield Do(tap="‹ The letter")


def to_letter() -> Iterator[Step]:
    """Back to the letter, from wherever."""
    yield Do(tap="The letter|‹ The letter|PDF")


def signing(rng: Random) -> Iterator[Step]:
    """A letter that is opened for signing, and one co-signer invited."""
    yield Do("/new", begins="letters begun")
    yield Do(tap="OPSC")
    yield Do(rng.choice(STATES))
    yield Do(tap="Choose anew", maybe=True)
    yield Do(tap="English")
    yield Do(CO_SIGNERS)
    yield Do(tap="Done")
    yield Do(tap="Geneva")
    yield Do(tap="Geneva", counts="letters finished")
    yield Do(tap="Share")
    yield Do(tap="Ask the co-signers")
    yield Do(tap="Open for signing", counts="signings opened")
    yield Do(tap="Invite")
    yield Do(tap="… ")
    yield Do(tap="‹ Back")
    yield Do(tap="‹ Back")


def confirming(_rng: Random) -> Iterator[Step]:
    """What somebody does who was invited."""
    yield Await()
    yield Do(tap="Confirm as", counts="signings confirmed by another")


def job(rng: Random) -> Iterator[Step]:
    """Letters to the States of a region, as a ZIP."""
    yield Do("/new", begins="letters begun")
    yield Do(tap="OPSC")
    yield Do(rng.choice(STATES))
    yield Do(tap="Choose anew", maybe=True)
    yield Do(tap="English")
    yield Do(CO_SIGNERS)
    yield Do(tap="Done")
    yield Do(tap="Geneva")
    yield Do(tap="Geneva", counts="letters finished")
    yield Do(tap="Many States")
    yield Do(tap=rng.choice(("☐ Americas", "☐ Asia", "☐ Europe")))
    yield Do(tap="Write ")
    yield Do(tap="Write the letters", begins="jobs begun", job=True)


def letterhead(_rng: Random) -> Iterator[Step]:
    """A logo above all letters."""
    yield Do("/letterhead")
    yield Do(file=("logo.png", png()), counts="letterheads")


def imports(rng: Random) -> Iterator[Step]:
    """What an administrator brings: the mission book, or a status page."""
    if rng.random() < 0.5:
        yield Do("/settings")
        yield Do(tap="Mission book")
        yield Do(tap="The template")
        yield Do(file=("book.csv", BOOK))
        yield Do(tap="Store it|‹ Back", counts="mission books imported")
        return
    yield Do("/status")
    day = f"{rng.randint(10, 28)}-{rng.randint(4, 9):02}-2026"
    yield Do(file=("ViewDetails.html", page("CED", ROWS, as_of=f"{day} 10:16:18 EDT").encode()))
    yield Do(tap="Store it", counts="status pages imported", maybe=True)


def days_of(rng: Random, *, administrator: bool, invited: bool) -> Iterator[Step]:
    """What somebody does, one thing after the other, for ever."""
    while True:
        plays = [letter, letter, letter, signing, job, letterhead]
        if administrator:
            plays.append(imports)
        if invited:
            plays = [letter, letter, confirming, confirming]
        yield from rng.choice(plays)(rng)
