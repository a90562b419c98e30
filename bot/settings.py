"""Settings from the environment or ``.env``; wrong values stop the start with one clear line each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Language = Literal["zh-hans", "zh-hant", "en"]

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_LISTEN = re.compile(r"(?:[^\s:/]+|\[[0-9A-Fa-f:]+\]):([0-9]{1,5})")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HTTP = ("http://", "https://")


class SettingsError(Exception):
    """The settings are wrong; one line each, without the values that must stay secret."""


@dataclass(frozen=True, slots=True, repr=False)
class Hook:
    """Where Telegram brings updates, and how it shows that it is Telegram."""

    url: str
    """The public address; a proxy ends TLS and hands the path on."""
    listen: str
    """``host:port`` behind that proxy."""
    secret: str
    """What Telegram sends in a header with every update."""

    def __repr__(self) -> str:
        return "Hook(…)"


class Settings(BaseSettings):
    """Every setting; the names in capitals are the environment's. An empty value counts as not set."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    bot_token: SecretStr | None = None
    """From BotFather; not needed by the local chat and the offline commands."""
    bot_api_base_url: str = "https://api.telegram.org/bot"
    bot_api_base_file_url: str = "https://api.telegram.org/file/bot"
    bot_proxy: SecretStr | None = None
    """``http(s)://`` or ``socks5://``; it may carry a password."""
    owner_ids: Annotated[tuple[int, ...], NoDecode] = ()
    """Telegram user ids, separated by commas; owners on first start."""
    database_url: str = Field(default="sqlite:///data/forum.db", repr=False)
    """``sqlite:///PATH`` or ``postgresql://…``; it may carry a password."""
    default_timezone: str = "Asia/Shanghai"
    default_digest_time: str = "08:30"
    default_language: Language = "zh-hans"
    webhook_url: str | None = None
    """Where Telegram brings updates, ``https://…``; without it the bot polls."""
    webhook_listen: str | None = None
    """``host:port`` behind the proxy that serves that address."""
    webhook_secret: SecretStr | None = None
    """What Telegram shows with every update."""
    http_listen: str | None = None
    """``host:port`` of the health pages."""
    backup_dir: str = "data/backups"
    backup_keep: int = Field(default=7, ge=1, le=1000)
    send_rate: float = Field(default=28, gt=0, le=1000)
    """Digest messages a second, overall."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @property
    def digest_minute(self) -> int:
        """The default digest time in minutes since local midnight."""
        hours, minutes = self.default_digest_time.split(":")
        return int(hours) * 60 + int(minutes)

    @property
    def on_server(self) -> bool:
        """Whether a PostgreSQL server keeps the data, and not a file."""
        return not self.database_url.startswith("sqlite:///")

    @property
    def database_path(self) -> Path:
        """The database's file.

        Raises:
            SettingsError: a server keeps the data.
        """
        if self.on_server:
            raise SettingsError(
                "DATABASE_URL: only for SQLite; a PostgreSQL server has pg_dump and pg_restore"
            )
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def hook(self) -> Hook | None:
        """Address and secret of the webhook; None where the bot polls."""
        if self.webhook_url is None or self.webhook_listen is None or self.webhook_secret is None:
            return None
        return Hook(self.webhook_url, self.webhook_listen, self.webhook_secret.get_secret_value())

    def require_token(self) -> str:
        """The token.

        Raises:
            SettingsError: none is set.
        """
        if self.bot_token is None:
            raise SettingsError("BOT_TOKEN is not set: get one from @BotFather, or try `python -m bot chat`")
        return self.bot_token.get_secret_value()

    @field_validator("log_level", "log_format", "default_language", mode="before")
    @classmethod
    def _fold(cls, value: object, info: object) -> object:
        if not isinstance(value, str):
            return value
        return value.upper() if getattr(info, "field_name", "") == "log_level" else value.lower()

    @field_validator("bot_token")
    @classmethod
    def _check_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("must look like 123456:ABC-DEF as BotFather gives it")
        return value

    @field_validator("bot_api_base_url", "bot_api_base_file_url")
    @classmethod
    def _check_url(cls, value: str) -> str:
        if not re.match(r"https?://[^/\s]", value):
            raise ValueError("must begin with http:// or https:// and name a host")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _check_webhook(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https://[^/\s?#]+(/[^\s?#{}]*)?", value):
            raise ValueError("must begin with https:// and name a host, as Telegram wants it")
        return value

    @model_validator(mode="after")
    def _check_webhook_is_whole(self) -> Settings:
        for name, value in (("WEBHOOK_LISTEN", self.webhook_listen), ("WEBHOOK_SECRET", self.webhook_secret)):
            if self.webhook_url is not None and value is None:
                raise ValueError(f"{name}: must be set where WEBHOOK_URL is")
        return self

    @field_validator("bot_proxy")
    @classmethod
    def _check_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        schemes = (*_HTTP, "socks5://", "socks5h://")
        if value is not None and not value.get_secret_value().startswith(schemes):
            raise ValueError("must begin with http://, https:// or socks5://")
        return value

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.replace(",", ",").split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("must be Telegram user ids (numbers) separated by commas")
        return tuple(map(int, parts))

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: str) -> str:
        if value.startswith(("postgresql://", "postgres://")):
            return value
        if not value.startswith("sqlite:///") or value == "sqlite:///":
            raise ValueError("must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE")
        return value

    @field_validator("default_timezone")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):  # Unknown, malformed, or the name of a folder of zones.
            raise ValueError("must be an IANA time zone such as Asia/Shanghai") from None
        return value

    @field_validator("default_digest_time")
    @classmethod
    def _check_time(cls, value: str) -> str:
        if not _TIME.fullmatch(value):
            raise ValueError("must be a time of day such as 08:30")
        return value

    @field_validator("webhook_listen", "http_listen")
    @classmethod
    def _check_listen(cls, value: str | None) -> str | None:
        match = _LISTEN.fullmatch(value) if value is not None else None
        if value is not None and (match is None or not 0 < int(match[1]) < 65536):
            raise ValueError("must be host:port such as 127.0.0.1:8081")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _check_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must be 1 to 256 letters, digits, _ or -")
        return value


def load_settings(**values: object) -> Settings:
    """Read the settings from the environment and ``.env``.

    Args:
        **values: settings that win over both, by their names in small letters.

    Raises:
        SettingsError: wrong values, one line each.
    """
    try:
        return Settings(**values)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        lines = [_line(detail["loc"], detail["msg"]) for detail in error.errors(include_input=False)]
        raise SettingsError("\n".join(lines)) from None


def _line(location: tuple[int | str, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"{str(location[0]).upper()}: {text}" if location else text
