"""What PostgreSQL does otherwise than SQLite, and nobody above the connection notices."""

import socket
import subprocess
import sys
import traceback

import peewee
import psycopg
import pytest

from backend.models import ConnectionLost, Team, database
from backend.models.connection import at
from backend.store.rows import all_rows, one_row

pytestmark = pytest.mark.only_on("postgresql")
PATIENCE_S = 30


@pytest.fixture
def cut(database_url):
    """End every connection but one's own, as a server that restarts does."""

    def now():
        with psycopg.connect(database_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    return now


def test_signs_of_the_driver_are_letters_like_others(world):
    assert one_row("SELECT '100%', name FROM team WHERE name LIKE ?", (world.team.name[:3] + "%",))


def test_a_text_with_a_nul_is_kept(world):
    world.writer(lambda tx: tx.execute("UPDATE team SET name = ?", ("a\0b",)) and None)
    assert all_rows("SELECT DISTINCT name FROM team") == [("a\N{REPLACEMENT CHARACTER}b",)]


def test_a_sum_of_whole_numbers_is_one(world):
    (total,) = one_row("SELECT sum(id) FROM team")
    assert type(total) is int


def test_whoever_reads_after_the_server_was_away_finds_it_again(world, cut):
    cut()
    assert one_row("SELECT 1") == (1,)


def test_whoever_writes_after_the_server_was_away_finds_it_again(world, cut):
    cut()
    world.writer(lambda tx: tx.execute("UPDATE team SET name = 'Later'") and None)
    assert all_rows("SELECT DISTINCT name FROM team") == [("Later",)]


@pytest.fixture
def silent():
    """The port of a server that lets one connect, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_server_that_does_not_answer_is_given_up(silent):
    """Two seconds are the least that libpq knows; without a word in the address it waits ten."""
    opened = at(f"postgresql://repline@127.0.0.1:{silent}/x?connect_timeout=2")
    with pytest.raises(ConnectionLost), opened.writing():
        pytest.fail("nobody is there")


def test_how_long_is_waited_for_a_server_is_what_the_address_says_or_else_bounded(database_url):
    for more, patience in ("", 10), ("&connect_timeout=3", 3):
        opened = at(database_url + more)
        told = opened.connection().info.get_parameters()
        opened.close()
        assert told["connect_timeout"] == str(patience)
        assert told["tcp_user_timeout"] == "60000"


def test_what_is_no_reading_is_not_said_twice_by_itself(world, cut):
    """Whether it was done before the connection was cut is not known."""
    cut()
    with pytest.raises(peewee.OperationalError):
        database.run("UPDATE team SET name = 'Perhaps'")


def test_a_transaction_whose_connection_is_lost_fails_whole(world, cut):
    def work(tx):
        tx.execute("UPDATE team SET name = 'Half'")
        cut()
        try:
            tx.execute("UPDATE team SET name = 'Whole'")
        except peewee.OperationalError:
            pass  # a work that goes on as if nothing had been

    with pytest.raises(peewee.PeeweeException):
        world.writer(work)
    assert {team.name for team in Team.select()} & {"Half", "Whole"} == set()
    world.writer(lambda tx: tx.execute("UPDATE team SET name = 'Later'") and None)
    assert all_rows("SELECT DISTINCT name FROM team") == [("Later",)]


def test_a_commit_after_a_failed_statement_is_an_error(world):
    def work(tx):
        tx.execute("UPDATE team SET name = 'Half'")
        with pytest.raises(peewee.ProgrammingError):
            tx.execute("SELECT nothing")

    with pytest.raises(peewee.InternalError, match="nothing is kept"):
        world.writer(work)
    assert not Team.select().where(Team.name == "Half").exists()


def test_what_fails_does_not_say_what_people_wrote(world):
    """The server adds the whole row, and a log would keep it."""
    sql = "INSERT INTO quick_reply (team_id, name, body, created_at) VALUES (?, ?, ?, NULL)"
    words = "Private words"
    with pytest.raises(peewee.IntegrityError) as failed:
        world.writer(lambda tx: tx.execute(sql, (world.team.id, "Hello", words)))
    said = traceback.format_exception(failed.value)
    assert "created_at" in said[-1]
    assert "Hello, Private" not in "".join(said)


GREENLETS = """
from gevent import monkey; monkey.patch_all()
import sys, time, gevent
from backend.models.connection import connect
from backend.store.group_writer import GroupWriter
from backend.store.rows import one_row

connect(sys.argv[1])
ticks = []
slow = gevent.spawn(one_row, "SELECT pg_sleep(0.3), 'slow'")
other = gevent.spawn(one_row, "SELECT 'other'")
while not slow.ready():
    ticks.append(time.monotonic())
    gevent.sleep(0.01)
print(slow.get()[1], other.get()[0], len(ticks) > 10)

ended = gevent.spawn(one_row, "SELECT pg_sleep(60), 'ended'")
gevent.sleep(0.05)
ended.kill()
print(one_row("SELECT 'mine'")[0])

writer = GroupWriter(lambda tx: None)
works = [gevent.spawn(writer, lambda tx, n=n: tx.execute("SELECT ?::int", (n,)).fetchone()[0])
         for n in range(50)]
print(sum(work.get() for work in works))
"""


def test_under_gevent_a_query_holds_nobody_but_those_who_read_after_it(database_url):
    ran = subprocess.run(
        [sys.executable, "-c", GREENLETS, database_url],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ran.stdout.splitlines() == ["slow other True", "mine", "1225"], ran.stderr
