"""The methods about the bot itself, its webhook and its files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.botapi.errors import bad
from tests.botapi.limits import DOWNLOAD_LIMIT, PROFILE_LIMITS, check_commands, check_language

if TYPE_CHECKING:
    from tests.botapi.state import Json, World


def get_me(world: World, _args: Json) -> Json:
    """Tell who the bot is."""
    return world.bot


def done(_world: World, _args: Json) -> bool:
    """Agree to logOut and close."""
    return True


def set_webhook(world: World, args: Json) -> bool:
    """Set or remove the webhook."""
    world.updates.set_webhook(
        args["url"], args.get("secret_token", ""), args.get("max_connections", 40)
    )
    if "allowed_updates" in args:
        world.updates.allow(args["allowed_updates"])
    return _drop(world, args)


def delete_webhook(world: World, args: Json) -> bool:
    """Remove the webhook."""
    world.updates.set_webhook("")
    return _drop(world, args)


def get_webhook_info(world: World, _args: Json) -> Json:
    """Tell about the webhook."""
    updates = world.updates
    found: Json = {
        "url": updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if updates.webhook:
        found |= {"max_connections": updates.most, "allowed_updates": sorted(updates.allowed)}
    if updates.webhook and updates.failed:
        found |= {"last_error_date": updates.failed[0], "last_error_message": updates.failed[1]}
    return found


def set_my_commands(world: World, args: Json) -> bool:
    """Set the commands of a scope and language."""
    check_commands(args["commands"])
    world.commands[_scope(args), check_language(args.get("language_code", ""))] = args["commands"]
    return True


def get_my_commands(world: World, args: Json) -> list[Json]:
    """Return the commands of exactly this scope and language."""
    key = (_scope(args), check_language(args.get("language_code", "")))
    return world.commands.get(key, [])


def set_my_name(world: World, args: Json) -> bool:
    """Set the bot's name for a language."""
    return _set(world, args, "name")


def set_my_description(world: World, args: Json) -> bool:
    """Set the text of the empty chat for a language."""
    return _set(world, args, "description")


def set_my_short_description(world: World, args: Json) -> bool:
    """Set the text of the profile page for a language."""
    return _set(world, args, "short_description")


def set_chat_menu_button(world: World, args: Json) -> bool:
    """Set the button beside the input field."""
    chat_id = args.get("chat_id")
    if chat_id is not None:
        world.chat(chat_id)
    world.menu_buttons[chat_id] = args.get("menu_button", {"type": "default"})
    return True


def get_file(world: World, args: Json) -> Json:
    """Make a file ready to be fetched."""
    file = world.files.get(args["file_id"])
    if file is None:
        msg = "invalid file_id"
        raise bad(msg)
    if len(file.data) > DOWNLOAD_LIMIT:
        msg = "file is too big"
        raise bad(msg)
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


def _set(world: World, args: Json, name: str) -> bool:
    value = args.get(name, "")
    if len(value) > PROFILE_LIMITS[name]:
        msg = f"bot {name.replace('_', ' ')} is too long"
        raise bad(msg)
    language = check_language(args.get("language_code", ""))
    world.profile.setdefault(name, {})[language] = value
    return True


def _drop(world: World, args: Json) -> bool:
    if args.get("drop_pending_updates"):
        world.updates.pending.clear()
    return True


def _scope(args: Json) -> str:
    return json.dumps(args.get("scope", {"type": "default"}), sort_keys=True)
