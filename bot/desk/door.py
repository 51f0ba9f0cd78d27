"""Where events come in: whatever a channel hands over, its texts are sound from here on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.events import Command, FileSent, Tap, Typed
from bot.conversation.wording.kept import Proposed
from bot.letters.sound import sound

if TYPE_CHECKING:
    from bot.conversation.talk.events import Event

MAX_FILE_NAME = 255
"""Characters of a file's name; its end, which tells the kind, is kept."""


def sounded(event: Event) -> Event:
    """The event, its texts as any file, message or database takes them."""
    match event:
        case Typed(text, about):
            return Typed(sound(text), sound(about))
        case Tap(data):
            return Tap(sound(data))
        case Command(name, argument):
            return Command(sound(name), sound(argument))
        case FileSent(name):
            named = sound(name)[-MAX_FILE_NAME:]
            return replace(event, name=named, about=sound(event.about))
        case Proposed(text=text):
            return replace(event, text=sound(text))
        case _:
            return event
