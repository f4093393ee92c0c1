"""A PostgreSQL server for tests: Debian's, in a folder of its own, reached by a socket in there."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

import psycopg

OPTIONS = {"listen_addresses": "", "max_connections": "60"}
# Nothing outlives the test run, so nothing waits for the disk.
FLEETING = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


class PostgresServer:
    """``with PostgresServer() as server: server.create("name")``. Nobody else can reach it.

    ``kill`` and ``start`` are a crash and what follows it. Its folder is in ``parent``; it is
    ``durable`` where what a commit costs is to be seen.
    """

    def __init__(self, parent: Path | None = None, *, durable: bool = False) -> None:
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="pg-", dir=parent))
        self._options = OPTIONS if durable else OPTIONS | FLEETING
        # PostgreSQL refuses to run as root.
        user = _unprivileged() if os.getuid() == 0 else None
        self._as: dict[str, Any] = {"user": user, "group": user and pwd.getpwnam(user).pw_gid}
        if user is not None:
            os.chown(self._folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)

    def url(self, name: str) -> str:
        return f"postgresql://repline@/{name}?host={self._folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """The URL of a new database like ``template``, of which nobody may be connected to."""
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove it, whoever is still connected."""
        self._say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _say(self, sql: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql)

    def __enter__(self) -> Self:
        made = subprocess.run(
            [
                *(self._programs / "initdb", "-D", self._folder / "data", "-U", "repline"),
                # As SQLite compares and sorts texts: by their bytes.
                *("--locale=C", "--encoding=UTF8", "--auth=trust", "--no-sync"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **self._as,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        return self.start()

    def start(self) -> Self:
        """Start, or start again after ``kill``: what was committed is read from the log."""
        self._settings.write_text("")
        options = [f"--{name}={value}" for name, value in self._options.items()]
        with (self._folder / "log").open("w") as log:
            self._process = subprocess.Popen(
                [
                    *(self._programs / "postgres", "-D", self._folder / "data"),
                    *("-k", self._folder, *options),
                ],
                stdout=log,
                stderr=log,
                cwd="/",
                **self._as,
            )
        self._wait()
        return self

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL, for the server and each of its processes; none of them says a word."""
        # Stopped first: else it would notice the first of its children and do something about it.
        self._process.send_signal(signal.SIGSTOP)
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        for child in children.read_text().split():
            os.kill(int(child), signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    def hold_commits(self) -> None:
        """From now on a commit is in the log, and whoever asked for it does not hear so: it waits
        for a standby that does not exist. ``start`` and ``lose_held_commits`` end it."""
        self._settings.write_text("synchronous_standby_names = 'nobody'\n")
        self._say("SELECT pg_reload_conf()")

    def held_commits(self) -> int:
        return self._of_held("count(*)")

    def lose_held_commits(self) -> int:
        """Cut whoever waits off: how many were committed and will never hear so. Others commit as
        usual again."""
        lost = self._of_held("count(pg_terminate_backend(pid, 5000))")
        self._settings.write_text("")
        self._say("SELECT pg_reload_conf()")
        return lost

    def _of_held(self, what: str) -> int:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            sql = f"SELECT {what} FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            (count,) = connection.execute(sql).fetchone() or (0,)
        return int(count)

    @property
    def _settings(self) -> Path:
        return self._folder / "data/postgresql.auto.conf"

    def _wait(self) -> None:
        end = time.monotonic() + 30
        while True:
            try:
                return self._say("SELECT 1")
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > end:
                    log = (self._folder / "log").read_text()
                    raise RuntimeError(f"PostgreSQL does not start: {log}") from error
            time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        # At once, without a word to whoever is connected.
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(30)
        shutil.rmtree(self._folder)


def _programs() -> Path:
    """The folder of ``postgres`` and ``initdb``; Debian keeps them off the PATH."""
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(versions, key=lambda path: int(path.parent.parent.name), default=None)
    if newest is None:
        raise RuntimeError(
            "There is no PostgreSQL server here: install Debian's package postgresql."
        )
    return newest.parent


def _unprivileged() -> str:
    names = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
