"""An import goes on where it was, whatever ends it, and two never work on the same rows."""

import pytest
import time_machine
from huey import MemoryHuey

from backend.importing import filing, jobs, loading
from backend.importing.loading import LEASE_MS, Loading
from backend.importing.pieces import Pieces
from backend.models import Audit, ImportProblem, PeopleImport, Person
from backend.models.connection import connect
from backend.queue import Queue
from backend.store import imports
from backend.store.rows import now
from backend.store.writer import InlineWriter
from backend.team.faults import Invalid, Refused
from tests.backend.faults.dying import killed_at
from tests.backend.importing.conftest import HEADER

ROWS = "".join(f"Ann{n},Roe,404-555-01{n:02}\n" for n in range(9)) + "Bo,Diaz,nobody\n"
COUNTS = {"added": 9, "changed": 0, "same": 0, "refused": 1}


@pytest.fixture
def small(monkeypatch):
    """Pieces of two rows."""
    for name in ("FEWEST", "FIRST", "MOST"):
        monkeypatch.setattr(loading, name, 2)


def later(held):
    """The worker that died held it until now."""
    PeopleImport.update(leased_until=now()).where(PeopleImport.id == held.id).execute()


def test_a_killed_import_goes_on_and_loads_nobody_twice_wherever_it_was(
    office, database, database_url, small
):
    """kill -9 before every statement: between pieces and in the middle of them."""
    held = office.start(HEADER + ROWS)
    deaths, places = 0, set()
    for statement in range(1, 1000):
        for table in (Person, ImportProblem, Audit):
            table.delete().execute()
        first = {"position": held.position, "line": held.line, "state": "running", **COUNTS}
        fresh = {**first, **dict.fromkeys(COUNTS, 0), "leased_until": 0}
        PeopleImport.update(**fresh).execute()
        database.close()

        def work():
            Loading(InlineWriter(lambda tx: None), office.desk.pieces)(held.id)

        died = killed_at(statement, database_url, work)
        connect(database_url)
        deaths += died
        between = office.now(held)
        places.add(between.position)
        assert Person.select().count() == between.added, f"half a piece at {statement}"
        assert ImportProblem.select().count() == between.refused
        later(held)
        office.loading(held.id)
        done = office.now(held)
        assert (done.state, done.counts) == ("done", COUNTS), f"at statement {statement}"
        assert Person.select().count() == 9
        assert [each.line for each in ImportProblem.select()] == [11]
        assert Audit.select().where(Audit.action == "import.done").count() == 1
        if not died:
            break
    assert not died
    assert deaths > 60
    assert len(places) == 6, "it died in every piece"


def test_two_workers_never_load_the_same_rows(office, world, small):
    held = office.start(HEADER + ROWS)
    first = office.loading.steps(held.id)
    next(first)
    assert list(office.loading.steps(held.id)) == [], "another has it"
    later(held)
    second = office.loading.steps(held.id)
    next(second)
    assert list(first) == [], "it was too late, and moves nothing"
    assert [step.rows for step in second] == [6, 8, 10]
    assert office.now(held).counts == COUNTS


def test_a_paused_import_stops_at_its_next_rows_and_goes_on_from_there(office, small):
    held = office.start(HEADER + ROWS)
    steps = office.loading.steps(held.id)
    next(steps)
    office.turn(held, "paused")
    assert list(steps) == []
    assert (office.now(held).state, Person.select().count()) == ("paused", 2)
    office.loading(held.id)
    assert Person.select().count() == 2, "nobody works on it"
    office.turn(held, "running")
    office.loading(held.id)
    assert office.now(held).counts == COUNTS


def test_a_canceled_import_keeps_whom_it_has_loaded_and_never_runs_again(office, small):
    held = office.start(HEADER + ROWS)
    next(office.loading.steps(held.id))
    office.turn(held, "canceled")
    assert Person.select().count() == 2
    with pytest.raises(Refused, match="import the file again"):
        office.turn(held, "running")


def test_an_import_that_nobody_started_does_not_run(office):
    held = office.bring(HEADER + ROWS)
    office.loading(held.id)
    assert (office.now(held).state, Person.select().count()) == ("mapping", 0)


def test_columns_that_make_no_people_start_nothing(office):
    held = office.bring("Shoe size,Phone\n44,404-555-0187\n")
    with pytest.raises(Invalid, match="mobile"):
        office.turn(held, "running")


def test_a_start_wakes_a_worker_and_each_minute_finds_what_nobody_works_on(office, world):
    queue = Queue(lambda lane: MemoryHuey(lane, immediate=True))
    jobs.tasks(queue, office.loading, office.keeping, office.desk._apart)
    held = office.start(HEADER + ROWS)
    [wake] = world.woken("import")
    assert wake.arguments == (held.id,)
    queue.sweep()
    assert office.now(held).state == "done"


def test_a_dead_workers_import_is_another_ones_after_its_lease(office, small):
    with time_machine.travel("2026-11-24T17:00:00Z", tick=False) as clock:
        held = office.start(HEADER + ROWS)
        next(office.loading.steps(held.id))
        assert imports.due() == []
        clock.shift(LEASE_MS / 1000)
        assert imports.due() == [held.id]


def test_rows_that_something_stops_at_pause_the_import_and_say_where(office, small, monkeypatch):
    held = office.start(HEADER + ROWS)
    with monkeypatch.context() as broken:
        broken.setattr(filing.people, "known", lambda *_: 1 / 0)
        office.loading(held.id)
    stopped = office.now(held)
    assert (stopped.state, stopped.rows) == ("paused", 0)
    assert "line 2" in stopped.cause
    office.turn(held, "running")
    office.loading(held.id)
    assert office.now(held).counts == COUNTS


def test_without_its_file_an_import_fails_and_says_what_to_do(office):
    held = office.start(HEADER + ROWS)
    office.files.path(held.team, held.sha256).unlink()
    office.loading(held.id)
    failed = office.now(held)
    assert (failed.state, failed.cause) == ("failed", "The file is gone. Import it again.")


def test_a_file_of_nothing_but_bad_rows_is_given_up_at_a_bound(office, monkeypatch, small):
    monkeypatch.setattr(loading, "MOST_PROBLEMS", 3)
    done = office.load(HEADER + "Bo,Diaz,nobody\n" * 20)
    assert (done.state, done.refused) == ("failed", 4)
    assert "look at the file" in done.cause


def test_a_file_without_rows_is_done(office):
    done = office.load(HEADER)
    assert (done.state, done.rows, done.percent) == ("done", 0, 100)


def test_the_audit_log_says_who_imported_which_file_and_what_came_of_it(office, world):
    office.load(HEADER + ROWS)
    started, done = Audit.select().order_by(Audit.id)
    assert (started.action, done.action) == ("import.started", "import.done")
    assert {started.actor, done.actor} == {world.admin.email}
    size = len(HEADER + ROWS)
    assert started.after == f'{{"file":"people.csv","bytes":{size}}}'
    assert done.after == '{"file":"people.csv","added":9,"changed":0,"same":0,"refused":1}'


def test_how_long_a_piece_holds_the_writer_decides_how_large_the_next_one_is(office, monkeypatch):
    sizes = []
    read = Pieces.checked
    monkeypatch.setattr(Pieces, "checked", lambda *a: sizes.append(a[2]) or read(*a))
    monkeypatch.setattr(loading, "_AIM_S", 1e-9)
    office.load(HEADER + "".join(f"A{n},B,404-555-0187\n" for n in range(130)))
    assert sizes[:2] == [loading.FIRST, loading.FEWEST]


def test_many_open_imports_are_one_too_many(office):
    for _ in range(10):
        office.bring(HEADER + ROWS)
    with pytest.raises(Refused, match="10 imports are not done"):
        office.bring(HEADER + ROWS)


@pytest.mark.only_on("postgresql")
def test_the_planner_is_told_of_people_while_they_come(office, database):
    """Else it looks for each row's person through all who were loaded before."""
    rows = (f"Ann{n},Roe,404-555-01{n % 100:02}\n" for n in range(500))
    held = office.start(HEADER + "".join(rows))
    known = []
    for step in office.loading.steps(held.id):
        sql = "SELECT reltuples FROM pg_class WHERE relname = 'person'"
        known.append((step.added, database.execute_sql(sql).fetchone()[0]))
    assert known[-1][0] > 400
    assert all(told > added / 2 for added, told in known if added >= 200), known
