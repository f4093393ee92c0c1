"""Files of people, brought and loaded as the backend does."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from backend.apart import Apart
from backend.importing import managing
from backend.importing.columns import from_names
from backend.importing.keeping import Keeping
from backend.importing.loading import Loading
from backend.importing.managing import Imports
from backend.media.files import Files
from backend.models import ImportProblem
from backend.store.audit import Actor
from backend.store.imports import Held
from tests.backend.world import RECORDS, World

MAYA, SAM, JO = "+14045550187", "+14045550188", "+14045550189"
HEADER = "First Name,Last Name,Mobile\n"


@dataclass
class Office:
    """Where an admin of the world's team imports."""

    world: World
    files: Files
    actor: Actor

    def __post_init__(self) -> None:
        self.desk = Imports(self.world.writer, self.files, Apart(1), RECORDS)
        self.loading = Loading(self.world.writer, self.desk.pieces)
        self.keeping = Keeping(self.world.writer, self.files)

    def bring(self, file: str | bytes, name: str = "people.csv") -> Held:
        """The file is there, and its columns are guessed."""
        data = file.encode() if isinstance(file, str) else file
        return self.desk.add(self.actor, [data], name)

    def start(self, file: str | bytes, **fields: str) -> Held:
        """It runs, but nobody has worked on it yet; ``fields`` say what columns are, by name."""
        held = self.bring(file)
        mapping = from_names(held.columns, fields) if fields else held.mapping
        self.world.writer(lambda tx: managing.map_columns(tx, self.actor, held.id, mapping))
        self.turn(held, "running")
        return self.now(held)

    def load(self, file: str | bytes, **fields: str) -> Held:
        """The file has been loaded."""
        held = self.start(file, **fields)
        self.loading(held.id)
        return self.now(held)

    def turn(self, held: Held, state: str) -> None:
        self.world.writer(lambda tx: managing.turn(tx, self.actor, held.id, state))

    def now(self, held: Held) -> Held:
        return managing.get(held.team, held.id)


@pytest.fixture
def office(world, tmp_path) -> Office:
    actor = Actor(world.team.id, world.admin.id, world.admin.email)
    return Office(world, Files(tmp_path / "imports"), actor)


@pytest.fixture
def problems() -> Callable[[], list[tuple[int, str, str]]]:
    """(line, columns, what to do) of each row that was not loaded."""

    def kept() -> list[tuple[int, str, str]]:
        rows = ImportProblem.select().order_by(ImportProblem.id)
        return [(each.line, each.columns, each.text) for each in rows]

    return kept
