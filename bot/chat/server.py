"""The application behind the page, and running it on loopback."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.chat.endpoints import ROUTES
from bot.chat.guard import Guard
from bot.chat.sessions import AdvanceClock, Session
from bot.http_server import Server
from bot.memory_api import ApiError, BotApi

HOST = "127.0.0.1"
STATIC = Path(__file__).parent / "static"
REFUSALS = {
    ApiError: (400, None),
    PermissionError: (403, "只能改自己的消息"),
    TimeoutError: (504, "机器人没有回应"),
}
"""What an exception of the Bot API in memory becomes: a status and wording, None for its own."""


def build_chat(
    api: BotApi,
    *,
    advance_clock: AdvanceClock | None = None,
    now: Callable[[], float],
    zone: str = "Asia/Shanghai",
) -> Starlette:
    """Build the local chat.

    Args:
        api: the Bot API in memory that the bot is connected to; the page's identities enter it here.
        advance_clock: moves the clock by some seconds and lets everything that falls due happen;
            without it the page shows no clock.
        now: the clock, in seconds since 1970; the same that ``api`` uses.
        zone: IANA zone in which the page shows times, and of “tomorrow 08:30”.

    Returns:
        The application; it follows the Bot API's events while its lifespan runs.
    """
    session = Session(api, advance_clock=advance_clock, now=now, zone=ZoneInfo(zone))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with session.running():
            yield

    app = Starlette(
        routes=[Route("/", _page), *ROUTES, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(Guard)],
        exception_handlers={HTTPException: _refused, **dict.fromkeys(REFUSALS, _refused_by_api)},
        lifespan=lifespan,
    )
    app.state.session = session
    return app


def chat_server(app: Starlette, port: int) -> Server:
    """A server of the application on loopback; its ``serve`` runs until ``should_exit`` is set.

    Args:
        app: what `build_chat` returned.
        port: the port; 0 for any free one.
    """
    # Event streams never end by themselves, so a stop does not wait for them.
    config = uvicorn.Config(
        app, host=HOST, port=port, log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    return Server(config)


async def _page(_: Request) -> Response:
    return FileResponse(STATIC / "index.html")


async def _refused(_: Request, error: Exception) -> Response:
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    return JSONResponse({"error": detail}, status)


async def _refused_by_api(_: Request, error: Exception) -> Response:
    status, wording = next(rule for kind, rule in REFUSALS.items() if isinstance(error, kind))
    return JSONResponse({"error": wording or str(error)}, status)
