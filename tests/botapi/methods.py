"""Which function answers which method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi import editing, profile, sending
from tests.botapi.errors import not_modelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.botapi.state import Json, World

HANDLERS: dict[str, Callable[[World, Json], object]] = {
    "getMe": profile.get_me,
    "logOut": profile.done,
    "close": profile.done,
    "setWebhook": profile.set_webhook,
    "deleteWebhook": profile.delete_webhook,
    "getWebhookInfo": profile.get_webhook_info,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "setMyName": profile.set_my_name,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getFile": profile.get_file,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": editing.answer_callback_query,
}

_UNMODELLED = {
    *("business_connection_id", "message_thread_id", "direct_messages_topic_id"),
    *("suggested_post_parameters", "ephemeral_message_parameters", "receiver_user_id"),
    *("allow_paid_broadcast", "inline_message_id", "rich_message", "certificate"),
}


def handle(world: World, method: str, args: Json) -> object:
    """Apply one call to the world and return its result."""
    unmodelled = _UNMODELLED & set(args)
    if "callback_query_id" in args and method != "answerCallbackQuery":
        unmodelled.add("callback_query_id")
    for name in sorted(unmodelled):
        what = f'parameter "{name}"'
        raise not_modelled(what)
    return HANDLERS[method](world, args)
