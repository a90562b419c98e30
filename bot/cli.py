"""The command line. Every command imports what it needs by itself, so that none waits for another's."""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="The forum briefing bot. Without a command it runs the bot.",
)


class ExportFormat(StrEnum):
    """How facts are exported."""

    JSON = "json"
    MARKDOWN = "markdown"
    WORD = "word"
    PDF = "pdf"
    EXCEL = "excel"


def fail(line: str, code: int = 1) -> typer.Exit:
    """Say what is wrong on standard error; the exception to raise."""
    typer.echo(line, err=True)
    return typer.Exit(code)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn what a user can put right into one line instead of a traceback."""
    from bot.errors import StartError
    from bot.settings import SettingsError
    from bot.workers import PreparationError
    from storage.errors import StorageError

    try:
        yield
    except SettingsError as error:
        raise fail(str(error), 2) from None
    except (StartError, StorageError, PreparationError) as error:
        raise fail(str(error)) from None


def configured() -> Settings:
    """The settings, with quiet logs.

    Raises:
        SettingsError: wrong values.
    """
    from bot.logs import configure
    from bot.settings import load_settings

    settings = load_settings()
    configure("WARNING", settings.log_format)
    return settings


@app.command()
def run() -> None:
    """Run the bot until it is stopped (the same as no command)."""
    from bot.run import run as run_bot

    raise typer.Exit(run_bot())


@app.command()
def chat(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; the next free one where it is taken.")] = 8080,
    database: Annotated[
        Path | None, typer.Option(help="Keep the facts in this file; a temporary one by default.")
    ] = None,
) -> None:
    """Start the local chat: the bot on a page, without token, network or account."""
    with clear_errors():
        from bot.local_chat import serve
        from bot.logs import configure
        from storage.database import MEMORY

        configure("WARNING")
        asyncio.run(serve(port, typer.echo, f"sqlite:///{database}" if database else MEMORY))


@app.command()
def extract(files: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> None:
    """Print the facts of article files as JSON Lines, one object a file."""
    from bot.extract import extract_files

    raise typer.Exit(extract_files(files))


@app.command()
def ingest(files: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> None:
    """Extract article files and publish their facts in the database."""
    from bot.files import UnreadableFileError, read_article
    from bot.offline import ingest as ingest_articles
    from content.model import Article

    readable: list[tuple[Path, Article]] = []
    for path in files:
        try:
            readable.append((path, Article(text=read_article(path))))
        except UnreadableFileError as error:
            typer.echo(f"{path}: {error}", err=True)
    with clear_errors():
        ids = asyncio.run(ingest_articles(configured(), [article for _, article in readable]))
    for (path, _), article_id in zip(readable, ids, strict=True):
        typer.echo(f"{path}: article {article_id}")
    if len(readable) < len(files):
        raise typer.Exit(1)


@app.command()
def ask(text: Annotated[str, typer.Argument(help="A question, a name or a command.")]) -> None:
    """Print what the bot would answer in a private chat."""
    with clear_errors():
        from bot.offline import ask as ask_bot

        typer.echo(asyncio.run(ask_bot(configured(), text)))


@app.command()
def digest(
    preview: Annotated[bool, typer.Option("--preview", help="Print it; nothing is sent.")] = False,
) -> None:
    """Print the digest of the last 24 hours."""
    if not preview:
        raise fail("Digests are sent by the running bot; to look at one: digest --preview", 2)
    with clear_errors():
        from bot.offline import preview_digest

        typer.echo(asyncio.run(preview_digest(configured())) or "Nothing new in the last 24 hours.")


@app.command()
def export(
    form: Annotated[
        ExportFormat, typer.Option("--format", help="json, markdown, word, pdf or excel.")
    ] = ExportFormat.JSON,
    output: Annotated[Path | None, typer.Option(help="A file; standard output by default.")] = None,
) -> None:
    """Write all published facts with their evidence."""
    with clear_errors():
        from bot.export import export_facts

        data = asyncio.run(export_facts(configured(), form.value))
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise fail(f"{output}: {error.strerror}") from None


@app.command()
def backup() -> None:
    """Copy the database into BACKUP_DIR while it is in use, verify the copy, keep the newest BACKUP_KEEP."""
    with clear_errors():
        from bot.backups import back_up

        settings = configured()
        copy = back_up(settings.database_path, Path(settings.backup_dir), settings.backup_keep)
    typer.echo(str(copy))


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(help="A backup; with --drill the newest by default.")] = None,
    drill: Annotated[
        bool, typer.Option("--drill", help="Restore it to a temporary place only, and look it over.")
    ] = False,
) -> None:
    """Put a backup in the place of the database, which is backed up before. Stop the bot first."""
    with clear_errors():
        from bot import backups

        settings = configured()
        folder = Path(settings.backup_dir)
        if drill:
            tried = backups.drill(folder, file)
            rows = ", ".join(f"{number} {name}" for name, number in asdict(tried.inventory).items())
            typer.echo(f"{tried.backup} can be restored: every page, reference and hash is right; {rows}")
            return
        if file is None:
            raise fail(f"Which backup? They are in {folder}; `restore --drill` tries the newest.", 2)
        from bot.forgotten import forget_again

        before = backups.restore(file, settings.database_path, folder, settings.backup_keep)
        asyncio.run(forget_again(settings.database_url, folder, backups.made_at(file)))
    typer.echo(f"Restored {file}." + (f" The state before is in {before}." if before else ""))


@app.command()
def migrate(
    to: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Copy everything to this PostgreSQL database. Stop the bot first."),
    ] = None,
) -> None:
    """Bring the database's schema up to date; with --to, copy everything from SQLite to PostgreSQL."""
    with clear_errors():
        from bot.migrating import migrate_schema, move_data

        settings = configured()
        for line in migrate_schema(settings) if to is None else move_data(settings, to):
            typer.echo(line)


@app.command()
def check() -> None:
    """Look at settings, database, content, backups, token and clock."""
    with clear_errors():
        from bot.check import check as check_all

        findings = asyncio.run(check_all(configured()))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.good else 'FAIL'} {finding.subject}: {finding.text}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)
