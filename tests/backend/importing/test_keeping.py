"""Files of people go when they are not needed any more, and bring nobody back who was erased."""

import os
import time

import pytest
import time_machine

from backend.apart import Apart
from backend.importing.decoding import BadFile
from backend.importing.keeping import KEPT_MS
from backend.models import ImportProblem, PeopleImport, Person
from backend.privacy import erasure
from backend.store import import_files
from tests.backend.importing.conftest import HEADER, MAYA, SAM

ROWS = "Maya,Okonkwo,404-555-0187\nSam,Lee,404-555-0188\n"


@pytest.fixture
def erase(office, world):
    def one(person):
        erasure.erase(world.writer, lambda team, files: None, office.actor, person.id)

    return one


def stored(office) -> list:
    return [each for each in office.files._folder.rglob("*") if each.is_file()]


@pytest.mark.parametrize("end", ["done", "canceled"])
def test_the_file_goes_when_the_import_is_over(office, end):
    held = office.start(HEADER + ROWS)
    assert len(stored(office)) == 1
    office.keeping.expire()
    assert len(stored(office)) == 1, "it is still needed"
    if end == "done":
        office.loading(held.id)
    else:
        office.turn(held, "canceled")
    office.keeping.expire()
    assert stored(office) == []
    assert office.now(held).sha256 == ""


def test_what_two_imports_need_stays_until_both_are_over(office):
    first, second = office.start(HEADER + ROWS), office.start(HEADER + ROWS)
    office.loading(first.id)
    office.keeping.expire()
    assert len(stored(office)) == 1
    office.loading(second.id)
    assert office.now(second).state == "done"
    office.keeping.expire()
    assert stored(office) == []


def test_a_file_that_nobody_loaded_goes_after_seven_days_with_its_import(office):
    with time_machine.travel("2026-11-24T17:00:00Z", tick=False) as clock:
        held = office.bring(HEADER + ROWS)
        clock.shift(KEPT_MS / 1000)
        office.keeping.expire()
        assert office.now(held).state == "mapping"
        clock.shift(1)
        office.keeping.expire()
    assert stored(office) == []
    assert office.now(held).state == "canceled"
    assert "seven days" in office.now(held).cause


def test_the_rows_of_a_report_go_after_seven_days_and_its_counts_stay(office):
    with time_machine.travel("2026-11-24T17:00:00Z", tick=False) as clock:
        held = office.load(HEADER + "Bo,Diaz,nobody\n")
        clock.shift(KEPT_MS / 1000)
        office.keeping.expire()
        assert ImportProblem.select().count() == 1
        clock.shift(1)
        office.keeping.expire()
    assert ImportProblem.select().count() == 0
    assert office.now(held).refused == 1


def test_a_file_that_is_refused_leaves_nothing_behind(office):
    for data in (b"PK\x03\x04", b"404-555-0187\n"):
        with pytest.raises(BadFile):
            office.bring(data)
    assert stored(office) == []


def test_files_that_a_killed_process_left_are_found_after_a_day(office):
    held = office.bring(HEADER + ROWS)
    [kept] = stored(office)
    stray = kept.with_name(kept.name[:2] + "0" * 62)
    stray.write_bytes(b"x")
    yesterday = time.time() - 25 * 3600
    for path in (kept, stray):
        os.utime(path, (yesterday, yesterday))
    office.keeping.sweep_files(Apart(1))
    assert stored(office) == [kept]
    assert import_files.is_used(held.team, kept.name)


def test_whoever_is_erased_is_not_brought_back_by_a_file_that_waits(office, world, erase, problems):
    held = office.start(HEADER + ROWS)
    erase(world.person(MAYA, "Maya Okonkwo"))
    office.loading(held.id)
    assert [each.mobile for each in Person.select()] == [SAM]
    assert "erased after this file came" in problems()[0][2]
    assert ImportProblem.get().cells == "[]"
    assert MAYA not in str(list(PeopleImport.select().dicts()))


def test_whoever_is_erased_is_known_by_their_reference_too(office, world, erase):
    held = office.start("Name,Mobile,CRM ref\nMaya,404-555-0188,crm:contact:1\n")
    erase(world.person(MAYA, "Maya", crm_ref="crm:contact:1"))
    office.loading(held.id)
    assert Person.select().count() == 0


def test_a_later_file_may_bring_an_erased_person_back(office, world, erase):
    erase(world.person(MAYA, "Maya Okonkwo"))
    assert office.load(HEADER + ROWS).added == 2


def test_rows_about_an_erased_person_leave_the_reports_of_their_team_alone(office, world, erase):
    office.load(HEADER + "Maya,Okonkwo,nobody\nM.,O.,(404) 555-0187 ext 3\nMayan,Okonkwos,nobody\n")
    erase(world.person(MAYA, "Maya Okonkwo"))
    assert [each.cells for each in ImportProblem.select()] == ['["Mayan","Okonkwos","nobody"]']


def test_another_teams_reports_stay(office, world, erase):
    held = office.load(HEADER + "Maya,Okonkwo,nobody\n")
    PeopleImport.update(team=world.others).execute()
    ImportProblem.update(team=world.others).execute()
    erase(world.person(MAYA, "Maya Okonkwo"))
    assert ImportProblem.select().count() == held.refused
