"""Texts that arrive while the disk forgets or refuses, and what is there after the power is back.

What was written since a file's last sync may be there, gone, or there in part: each write by
itself, torn at any byte. What a failed sync was to make safe may be gone for good, though a later
sync succeeds (https://wiki.postgresql.org/wiki/Fsync_Errors).
"""

import random
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import peewee

from backend.messaging import inbound
from backend.models import database
from backend.models.connection import connect, migrate
from backend.store import pseudonym
from backend.store.rows import now
from backend.store.writer import InlineWriter
from tests.backend.faults.disk import Disk, Event
from tests.backend.world import ANA_NUMBER, World

PAGES_BETWEEN_CHECKPOINTS = 40
"""So few, that the log is copied back and begun anew again and again."""
Files = dict[str, bytes]


class Machine:
    """A backend's database on a disk that is watched. ``synchronous`` is SQLite's pragma."""

    def __init__(self, folder: Path, synchronous: str = "full") -> None:
        self.disk = Disk()
        self._path = folder / "repline.sqlite3"
        self._numbers = count(1)
        opened = connect(f"sqlite:///{self._path}")
        migrate(opened)
        pseudonym.configure(b"a key for tests")
        World()
        opened.close()
        self._before = {str(self._path): self._path.read_bytes(), f"{self._path}-wal": b""}
        with self.disk.under_sqlite():
            self._opened = connect(f"sqlite:///{self._path}")
            self._opened.execute_sql(f"PRAGMA wal_autocheckpoint = {PAGES_BETWEEN_CHECKPOINTS}")
            self._opened.execute_sql(f"PRAGMA synchronous = {synchronous}")

    def close(self) -> None:
        self.disk.refuses = lambda event: False
        self._opened.close()

    def receive(self, texts: int) -> int:
        """Texts arrive one after the other; returns how many were not answered for."""
        refused = 0
        for _ in range(texts):
            sid = f"SM{next(self._numbers)}"
            text = inbound.Inbound(
                sid=sid, sender="+14045550187", recipient=ANA_NUMBER, body=f"text {sid}", at=now()
            )
            try:
                InlineWriter(lambda tx: None)(lambda tx, text=text: inbound.receive(tx, text, {}))
            except peewee.DatabaseError:
                refused += 1
            else:
                self.disk.answered(sid)
        return refused

    def after_power_loss(self, chance: random.Random) -> list[str]:
        """What is wrong once the power is back, if it fails at some moment of what has happened."""
        moment = chance.randint(0, len(self.disk.events))
        past = self.disk.events[:moment]
        answered = {each.file for each in past if each.kind == "answered"}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "repline.sqlite3"
            for name, content in remains(self._before, past, chance).items():
                path.with_name(Path(name).name).write_bytes(content)
            return faults(path, answered)

    def now(self) -> list[str]:
        """What is wrong without any loss of power."""
        answered = {each.file for each in self.disk.events if each.kind == "answered"}
        return faults(self._path, answered)


def remains(before: Files, past: list[Event], chance: random.Random) -> Files:
    """What is in each file after ``past``, of which only what was synced is certain."""
    files = {name: bytearray(content) for name, content in before.items()}
    loose: dict[str, list[Event]] = {name: [] for name in files}
    for event in past:
        if event.file not in files:
            continue
        if event.kind == "sync":
            for each in loose[event.file]:
                _apply(files[event.file], each)
            loose[event.file].clear()
        elif event.kind == "failed sync":
            _some(files[event.file], loose[event.file], chance)
        else:
            loose[event.file].append(event)
    for name, events in loose.items():
        _some(files[name], events, chance)
    return {name: bytes(content) for name, content in files.items()}


def _some(file: bytearray, loose: list[Event], chance: random.Random) -> None:
    for each in loose:
        fate = chance.choice(["whole", "torn", "gone"])
        if fate == "torn" and each.kind == "write":
            _apply(file, each._replace(data=each.data[: chance.randrange(len(each.data))]))
        elif fate == "whole":
            _apply(file, each)
    loose.clear()


def _apply(file: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del file[event.at :]
    else:
        file.extend(bytes(max(0, event.at - len(file))))
        file[event.at : event.at + len(event.data)] = event.data


def faults(path: Path, answered: set[str]) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?vfs=unix", uri=True)) as opened:

        def ask(sql: str) -> list[tuple]:
            return opened.execute(sql).fetchall()

        (sound,) = ask("PRAGMA integrity_check(1)")[0]
        if sound != "ok":
            return [f"broken: {sound}"]
        found = {sid for (sid,) in ask("SELECT carrier_sid FROM message")}
        tables = ("message", "activity", "webhook_event", "feed_event")
        counts = {table: ask(f"SELECT count(*) FROM {table}")[0][0] for table in tables}
    wrong = [f"lost: {sid} was answered" for sid in sorted(answered - found)]
    if len(set(counts.values())) != 1:
        wrong.append(f"half a text: {counts}")
    return wrong


def with_machine(
    do: Callable[[Machine, random.Random], tuple[int, list[str]]],
    seed: str,
    synchronous: str = "full",
) -> tuple[int, list[str]]:
    """``do`` on a machine of its own; the process keeps the database that it had."""
    held = database.obj
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder), synchronous)
        try:
            return do(machine, random.Random(seed))
        finally:
            machine.close()
            database.initialize(held)
