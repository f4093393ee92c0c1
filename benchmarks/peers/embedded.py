"""Our server on one machine: SQLite with synchronous=FULL, jobs inside, on the server's core."""

import shutil
import tempfile
from pathlib import Path
from typing import Self

from benchmarks import machine, world
from benchmarks.peers.repline import Repline
from benchmarks.peers.single import Single


class Embedded(Single, Repline):
    """``reps`` are seeded once; every start gets a copy of that database."""

    name = "repline"

    def __init__(self, reps: int, folder: Path) -> None:
        # Not in /tmp, which may be memory: what a commit costs is to be seen.
        self._folder = folder
        self._template = folder / f"{world.TEMPLATE}.sqlite3"
        for old in folder.glob(f"{self._template.name}*"):
            old.unlink()
        super().__init__(world.seed(f"sqlite:///{self._template}", reps))

    def __enter__(self) -> Self:
        self._temporary = tempfile.TemporaryDirectory(dir=self._folder)
        database = Path(self._temporary.name) / "repline.sqlite3"
        shutil.copyfile(self._template, database)
        environment = self._environment(f"sqlite:///{database}")
        self.port = self.socket_port = int(environment["PORT"])
        self._web = self._process(environment)
        with machine.on_server_core():
            self._web.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._web.kill()
        self._temporary.cleanup()

    @property
    def pid(self) -> int:
        return self._web.pid
