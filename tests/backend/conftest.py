import pytest

from backend.models.connection import connect, migrate
from tests.backend.world import World


@pytest.fixture
def database(tmp_path):
    opened = connect(f"sqlite:///{tmp_path}/repline.sqlite3")
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def world(database):
    return World()
