"""Methods about the connection itself: who am I, polling, webhook, files."""

from __future__ import annotations

from bot.memory_api.errors import WEBHOOK_ACTIVE, ApiError, bad_request, conflict
from bot.memory_api.files import DOWNLOAD_LIMIT
from bot.memory_api.method import Request, method
from bot.memory_api.wire import Json

LONGEST_POLL = 50
"""Seconds that one getUpdates waits at most."""


def get_me(request: Request) -> Json:
    """The bot's own User object."""
    state = request.state
    return {
        **state.me,
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(request: Request) -> list[Json]:
    """The waiting updates, after a long poll if there are none."""
    state, params = request.state, request.params
    if state.webhook["url"]:
        raise conflict(WEBHOOK_ACTIVE)
    _allow_updates(request)
    return await state.updates.get(
        params.integer("offset"),
        params.integer("limit", 100, 1, 100),
        params.integer("timeout", 0, 0, LONGEST_POLL),
    )


def _allow_updates(request: Request) -> None:
    kinds = request.params.value("allowed_updates", "allowed updates JSON object")
    if isinstance(kinds, (list, tuple)):
        request.state.updates.allow(str(kind).lower() for kind in kinds)


def set_webhook(request: Request) -> bool:
    """Switch to the webhook; an empty URL switches back."""
    params = request.params
    url = params.text("url")
    secret = params.text("secret_token")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):
        raise bad_request("secret token contains unallowed characters")
    _allow_updates(request)
    return _switch_webhook(request, {"url": url, "has_custom_certificate": "certificate" in request.files})


def delete_webhook(request: Request) -> bool:
    """Switch back to polling."""
    return _switch_webhook(request, {"url": "", "has_custom_certificate": False})


def _switch_webhook(request: Request, webhook: Json) -> bool:
    state = request.state
    if request.params.flag("drop_pending_updates"):
        state.updates.waiting.clear()
    if webhook["url"]:
        state.updates.abort("terminated by setWebhook request")
    state.webhook = webhook
    return True


def get_webhook_info(request: Request) -> Json:
    """The webhook and the number of updates that wait."""
    state = request.state
    allowed = state.updates.allowed
    return {
        **state.webhook,
        "pending_update_count": len(state.updates.waiting),
        **({"allowed_updates": sorted(allowed)} if allowed else {}),
    }


def get_file(request: Request) -> Json:
    """Where a file can be downloaded."""
    file_id = request.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    try:
        stored = request.state.files.get(file_id)
    except ApiError:
        raise bad_request("invalid file_id") from None
    if len(stored.upload.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**stored.identity, "file_path": stored.path}


def leave(request: Request) -> bool:  # noqa: ARG001 - there is nothing to shut down
    """Answer ``logOut`` and ``close``."""
    return True


CONNECTION = (
    method("getMe", get_me),
    method("getUpdates", get_updates, "offset limit timeout allowed_updates"),
    method(
        "setWebhook",
        set_webhook,
        "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    method("deleteWebhook", delete_webhook, "drop_pending_updates"),
    method("getWebhookInfo", get_webhook_info),
    method("getFile", get_file, "file_id"),
    method("logOut", leave),
    method("close", leave),
)
