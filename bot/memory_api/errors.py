"""Refusals in the wording of the real server, and the broken connection."""

from __future__ import annotations

from bot.memory_api.wire import Json, Response

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_GET_UPDATES = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class ApiError(Exception):
    """A request that the server refuses."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def response(self) -> Response:
        """The refusal as the server sends it."""
        payload: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            payload["parameters"] = self.parameters
        return Response(self.status, payload)


class FieldError(Exception):
    """A part of a request has a wrong form; the text says it as the server does."""


class ConnectionDroppedError(Exception):
    """The connection broke; the client cannot know whether the request was carried out."""


def bad_request(reason: str) -> ApiError:
    """400 for a reason such as ``message is too long``."""
    return ApiError(400, f"Bad Request: {reason}")


def unparsable(reason: str) -> ApiError:
    """400 for text whose markup or entities are wrong."""
    return bad_request(f"can't parse entities: {reason}")


def forbidden(reason: str) -> ApiError:
    """403 for a reason such as ``bot was blocked by the user``."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409 for a second poller or a webhook."""
    return ApiError(409, f"Conflict: {reason}")


def unauthorized() -> ApiError:
    """401 for a well-formed token that is not the bot's."""
    return ApiError(401, "Unauthorized")


def not_found(reason: str = "") -> ApiError:
    """404 for an unknown method, or for a malformed token with no reason at all."""
    return ApiError(404, f"Not Found: {reason}" if reason else "Not Found")


def flood(seconds: int) -> ApiError:
    """429 with the seconds to wait; for tests, as the server in memory sets no limits of its own."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(chat_id: int) -> ApiError:
    """400 for a group that became the supergroup with this id."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, {"migrate_to_chat_id": chat_id})


def internal() -> ApiError:
    """500 as the server gives while it restarts; for tests."""
    return ApiError(500, "Internal Server Error: restart")
