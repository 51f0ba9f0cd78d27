"""The methods that put something into a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiogram.enums import ChatAction

from tests.botapi.errors import bad
from tests.botapi.forms import Upload
from tests.botapi.limits import ALBUM, check_document, check_keyboard, check_photo
from tests.botapi.state import Chat, FileKind, Json, StoredFile, StoredMessage, World, describe
from tests.botapi.texts import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

_ACTIONS = frozenset(str(item.value) for item in ChatAction)


def send_message(world: World, args: Json) -> Json:
    """Send a text."""
    chat = world.open_chat(args["chat_id"])
    return _send(world, chat, args, text_content(args)).raw


def send_document(world: World, args: Json) -> Json:
    """Send a document."""
    return _send_file(world, args, "document")


def send_photo(world: World, args: Json) -> Json:
    """Send a photo."""
    return _send_file(world, args, "photo")


def send_media_group(world: World, args: Json) -> list[Json]:
    """Send an album of documents or of photos."""
    chat = world.open_chat(args["chat_id"])
    media = args["media"]
    if len(media) not in ALBUM:
        few = len(media) < ALBUM.start
        msg = f"too {'few' if few else 'many'} messages to send as an album"
        raise bad(msg)
    kinds = {kind_of(item) for item in media}
    if len(kinds) > 1:
        msg = "Document can't be mixed with other media types"
        raise bad(msg)
    _extras(chat, args)
    checked = [
        (media_content(item), find_file(world, item["media"], kind_of(item))) for item in media
    ]
    world.albums += 1
    group = {"media_group_id": f"{13_000_000_000_000_000 + world.albums}"}
    parts = [(content, keep()) for content, keep in checked]
    return [
        _send(world, chat, args, {**group, **describe(file), **content}, file).raw
        for content, file in parts
    ]


def send_chat_action(world: World, args: Json) -> bool:
    """Show that the bot is at work."""
    chat = world.open_chat(args["chat_id"])
    if args["action"] not in _ACTIONS:
        msg = "wrong parameter action in request"
        raise bad(msg)
    world.actions.append((chat.id, args["action"]))
    return True


def text_content(args: Json) -> Json:
    """Return a text's part of a message."""
    text, entities = read_text(args, "text", "entities")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if "link_preview_options" in args:
        content["link_preview_options"] = args["link_preview_options"]
    return content


def media_content(args: Json) -> Json:
    """Return a caption's part of a message."""
    caption, entities = read_text(args, "caption", "caption_entities")
    content: Json = {}
    if caption:
        content["caption"] = caption
        if entities:
            content["caption_entities"] = entities
    for name, shown in (
        ("show_caption_above_media", "show_caption_above_media"),
        ("has_spoiler", "has_media_spoiler"),
    ):
        if args.get(name):
            content[shown] = True
    return content


def kind_of(media: Json) -> FileKind:
    """Return what one part of an album is."""
    kind = media.get("type")
    if kind == "document":
        return "document"
    if kind == "photo":
        return "photo"
    msg = f"can't parse InputMedia: the double does not model media of type {kind!r}"
    raise bad(msg)


def find_file(world: World, given: object, kind: FileKind) -> Callable[[], StoredFile]:
    """Check a file, new or known; return how to keep it once nothing else is refused."""
    if isinstance(given, Upload):
        upload = given
        if kind == "photo":
            size = check_photo(upload)
            return lambda: world.keep("photo", upload.name, upload.mime, upload.data, size)
        check_document(upload)
        return lambda: world.keep("document", upload.name, upload.mime, upload.data)
    file = world.files.get(str(given))
    if file is None:
        msg = "wrong file identifier/HTTP URL specified"
        raise bad(msg)
    if file.kind != kind:
        msg = f"can't use file of type {file.kind.title()} as {kind.title()}"
        raise bad(msg)
    return lambda: file


def markup_content(args: Json) -> Json:
    """Return an inline keyboard's part of a message."""
    markup = args.get("reply_markup")
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return {}
    rows = check_keyboard(markup["inline_keyboard"])
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _send_file(world: World, args: Json, kind: FileKind) -> Json:
    chat = world.open_chat(args["chat_id"])
    content = media_content(args)
    _extras(chat, args)
    markup_content(args)
    file = find_file(world, args[kind], kind)()
    return _send(world, chat, args, {**describe(file), **content}, file).raw


def _send(
    world: World, chat: Chat, args: Json, content: Json, file: StoredFile | None = None
) -> StoredMessage:
    content = {**content, **_extras(chat, args), **markup_content(args)}
    message = world.post(chat, content, file=file, outgoing=True)
    markup = args.get("reply_markup")
    if isinstance(markup, dict) and "inline_keyboard" not in markup:
        message.editable = False
        rows: list[list[Any]] = markup.get("keyboard", [])
        chat.reply_keyboard = [
            [key if isinstance(key, str) else key["text"] for key in row] for row in rows
        ]
    return message


def _extras(chat: Chat, args: Json) -> Json:
    extras: Json = {}
    if args.get("protect_content"):
        extras["has_protected_content"] = True
    reply = args.get("reply_parameters") or {}
    target = reply.get("message_id", args.get("reply_to_message_id"))
    if target is None:
        return extras
    lenient = reply.get("allow_sending_without_reply", args.get("allow_sending_without_reply"))
    if reply.get("chat_id", chat.id) == chat.id and target in chat.messages:
        answered = chat.messages[target].raw
        extras["reply_to_message"] = {
            name: value for name, value in answered.items() if name != "reply_to_message"
        }
    elif not lenient:
        msg = "message to be replied not found"
        raise bad(msg, asked=target in chat.removed)
    return extras
