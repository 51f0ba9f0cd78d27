"""The methods that change what stands in a chat, and answer taps."""

from __future__ import annotations

import time

from tests.botapi.errors import bad
from tests.botapi.limits import TOAST_LIMIT
from tests.botapi.markup import units
from tests.botapi.sending import find_file, kind_of, markup_content, media_content, text_content
from tests.botapi.state import Json, StoredFile, StoredMessage, World, describe

_TEXT = ("text", "entities", "link_preview_options", "reply_markup")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media", "reply_markup")
_MEDIA = (*_TEXT, *_CAPTION, "document", "photo", "has_media_spoiler")

MOST_DELETED = 100


def edit_message_text(world: World, args: Json) -> Json:
    """Replace a text and its keyboard."""
    _, message = world.own_message(args)
    content = {**text_content(args), **markup_content(args)}
    if "text" not in message.raw:
        msg = "there is no text in the message to edit"
        raise bad(msg)
    return _change(message, _TEXT, content)


def edit_message_caption(world: World, args: Json) -> Json:
    """Replace a caption and its keyboard."""
    _, message = world.own_message(args)
    content = {**media_content(args), **markup_content(args)}
    if message.file is None:
        msg = "there is no caption in the message to edit"
        raise bad(msg)
    return _change(message, _CAPTION, content)


def edit_message_reply_markup(world: World, args: Json) -> Json:
    """Replace a keyboard."""
    _, message = world.own_message(args)
    return _change(message, ("reply_markup",), markup_content(args))


def edit_message_media(world: World, args: Json) -> Json:
    """Replace a file, its caption and its keyboard."""
    _, message = world.own_message(args)
    media = args["media"]
    kind = kind_of(media)
    content = {**media_content(media), **markup_content(args)}
    if "media_group_id" in message.raw and kind not in message.raw:
        msg = "message can't be edited: the album holds media of another type"
        raise bad(msg)
    file = find_file(world, media["media"], kind)()
    return _change(message, _MEDIA, {**describe(file), **content}, file)


def delete_message(world: World, args: Json) -> bool:
    """Take a message out of a chat."""
    chat = world.chat(args["chat_id"])
    if args["message_id"] not in chat.messages:
        msg = "message to delete not found"
        raise bad(msg, asked=args["message_id"] in chat.removed)
    del chat.messages[args["message_id"]]
    return True


def delete_messages(world: World, args: Json) -> bool:
    """Take messages out of a chat; what is not there is passed over."""
    chat = world.chat(args["chat_id"])
    found = args["message_ids"]
    if not 1 <= len(found) <= MOST_DELETED:
        msg = "message identifiers are not specified" if not found else "too many messages"
        raise bad(msg)
    for number in found:
        chat.messages.pop(number, None)
    return True


def answer_callback_query(world: World, args: Json) -> bool:
    """Answer a tap."""
    query = world.queries.get(args["callback_query_id"])
    if query is None or query.answered or query.expired:
        msg = "query is too old and response timeout expired or query ID is invalid"
        raise bad(msg, asked=query is not None and (query.expired or query.excused))
    if units(args.get("text", "")) > TOAST_LIMIT:
        msg = "MESSAGE_TOO_LONG"
        raise bad(msg)
    if args.get("url"):
        msg = "URL_INVALID"
        raise bad(msg)
    query.answered = True
    query.text = args.get("text", "")
    query.show_alert = bool(args.get("show_alert"))
    return True


def _change(
    message: StoredMessage, names: tuple[str, ...], content: Json, file: StoredFile | None = None
) -> Json:
    old = {name: message.raw[name] for name in names if name in message.raw}
    if old == content:
        msg = (
            "message is not modified: specified new message content and reply markup "
            "are exactly the same as a current content and reply markup of the message"
        )
        raise bad(msg)
    kept = {name: value for name, value in message.raw.items() if name not in names}
    message.raw = {**kept, "edit_date": int(time.time()), **content}
    message.file = file or message.file
    return message.raw
