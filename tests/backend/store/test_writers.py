"""Several processes on one database: nobody writes beside another, whatever is read in between."""

import threading

import pytest

from backend.models import Team
from backend.models import database as handle
from backend.store.rows import one_row
from backend.store.writer import InlineWriter

WRITERS, EACH = 4, 20


def test_what_a_work_has_read_holds_until_it_is_committed(world, database):
    """As the rules rely on it: what a work found out is still so when it writes."""
    failed = []

    def count_up():
        writer = InlineWriter(
            lambda tx: None
        )  # as in a process of its own: no lock but the database's
        try:
            for _ in range(EACH):
                writer(one_more)
        except Exception as error:
            failed.append(error)
        finally:
            handle.close()

    def one_more(tx):
        (held,) = tx.execute(
            "SELECT created_at FROM team WHERE id = ?", (world.team.id,)
        ).fetchone()
        sql = "UPDATE team SET created_at = ? WHERE id = ?"
        tx.execute(sql, (held + 1, world.team.id))

    before = Team.get_by_id(world.team.id).created_at
    threads = [threading.Thread(target=count_up) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Team.get_by_id(world.team.id).created_at == before + WRITERS * EACH


def test_a_reader_sees_nothing_that_is_not_committed_and_waits_for_nobody(world, database):
    def work(tx):
        tx.execute("UPDATE team SET name = 'Halfway' WHERE id = ?", (world.team.id,))
        found = []
        reader = threading.Thread(
            target=lambda: (found.append(one_row("SELECT name FROM team")), handle.close())
        )
        reader.start()
        reader.join()
        assert found == [(world.team.name,)]

    world.writer(work)


def test_an_error_that_a_work_swallows_does_not_pass_for_a_commit(world, database):
    """PostgreSQL undoes the whole transaction then; SQLite the statement that failed."""

    def work(tx):
        tx.execute("UPDATE team SET name = 'Renamed' WHERE id = ?", (world.team.id,))
        with pytest.raises(Exception, match=r"(?i)unique"):
            tx.execute(
                "INSERT INTO number (team_id, e164, kind, carrier_sid, sms, mms, voice,"
                " local_presence, created_at) SELECT team_id, e164, kind, carrier_sid, sms, mms,"
                " voice, local_presence, created_at FROM number"
            )

    try:
        world.writer(work)
        said = "Renamed"
    except Exception:
        said = world.team.name
    assert one_row("SELECT name FROM team WHERE id = ?", (world.team.id,)) == (said,)
