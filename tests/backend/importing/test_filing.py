"""Who a row is: added once, brought up to date, never taken for somebody else."""

import pytest

from backend.importing import managing
from backend.models import Conversation, OptOut, Person, PersonNumber
from backend.store import pseudonym
from tests.backend.importing.conftest import HEADER, JO, MAYA, SAM

FULL = "Name,Mobile,Title,Company,Phone,CRM ref\n"
ROW = "Maya Okonkwo,404-555-0187,VP,Acme,404-555-0100,crm:contact:1\n"


def counts(done) -> tuple[int, ...]:
    return tuple(done.counts.values())


def test_the_same_file_twice_adds_nobody(office):
    text = HEADER + "Maya,Okonkwo,404-555-0187\nSam,Lee,(404) 555-0188\n"
    assert counts(office.load(text)) == (2, 0, 0, 0)
    before = list(Person.select().dicts())
    assert counts(office.load(text)) == (0, 0, 2, 0)
    assert list(Person.select().dicts()) == before


def test_a_person_twice_in_one_file_is_one_person(office):
    text = HEADER + "Maya,Okonkwo,404-555-0187\nMaya,Okonkwo,+14045550187\n"
    assert counts(office.load(text)) == (1, 0, 1, 0)


def test_what_a_row_leaves_empty_stays_as_it_was(office):
    office.load(FULL + ROW)
    done = office.load(FULL + "Maya Okonkwo,404-555-0187,,Initech,,crm:contact:1\n")
    assert counts(done) == (0, 1, 0, 0)
    held = Person.get()
    assert (held.title, held.account, held.crm_ref) == ("VP", "Initech", "crm:contact:1")
    assert [each.e164 for each in PersonNumber.select()] == [MAYA, "+14045550100"]


def test_further_numbers_are_added_to_those_that_are_known(office):
    office.load(FULL + ROW)
    office.load(FULL + "Maya Okonkwo,404-555-0187,,,404-555-0101,\n")
    found = {each.e164: each.label for each in PersonNumber.select().where(~PersonNumber.former)}
    assert found == {MAYA: "Mobile", "+14045550100": "Phone", "+14045550101": "Phone"}


def test_who_has_another_mobile_now_is_the_same_person_by_the_reference(office):
    office.load(FULL + ROW)
    done = office.load(FULL + "Maya Okonkwo,404-555-0189,,,,crm:contact:1\n")
    assert counts(done) == (0, 1, 0, 0)
    assert Person.get().mobile == JO
    assert PersonNumber.get(PersonNumber.e164 == MAYA)  # so that an erasure finds it


def test_the_number_that_a_rep_has_chosen_stays_the_one_that_is_texted(office):
    office.load(FULL + ROW)
    Person.update(mobile="+14045550100").execute()
    assert counts(office.load(FULL + ROW)) == (0, 0, 1, 0)
    assert Person.get().mobile == "+14045550100"


@pytest.mark.parametrize(
    "row",
    ["Jonas Weber,404-555-0187,,,,\n", "Maya Okonkwo,404-555-0187,,,,crm:contact:2\n"],
    ids=["another name", "another record"],
)
def test_two_people_with_one_mobile_stay_two(office, row):
    office.load(FULL + ROW)
    assert counts(office.load(FULL + row)) == (1, 0, 0, 0)
    assert Person.select().count() == 2


def test_a_column_that_is_no_reference_makes_no_company_one_person(office, problems):
    same = "crm:contact:1"
    text = f"Maya,404-555-0187,,,,{same}\nSam,404-555-0188,,,,{same}\nMaya,404-555-0189,,,,{same}\n"
    done = office.load(FULL + text)
    assert counts(done) == (1, 1, 0, 1)
    [(line, _, said)] = problems()
    assert line == 3
    assert "Maya, (404) 555-0187" in said
    assert Person.get().name == "Maya"


def test_an_unknown_sender_becomes_the_person_with_their_texts(office, world):
    unknown = world.person(MAYA)
    office.load(FULL + ROW)
    assert Person.get().id == unknown.id
    assert Person.get().name == "Maya Okonkwo"


def test_who_talks_with_a_person_that_has_changed_is_told(office, world):
    office.load(FULL + ROW)
    Conversation.create(
        team=world.team, number=world.number, person=Person.get(), last_at=1, last_message=1
    )
    office.load(FULL + ROW.replace("VP", "CEO"))
    [event] = world.events(world.ana)
    assert b'"title":"CEO"' in event.frame
    office.load(FULL + ROW.replace("VP", "CEO"))
    assert len(world.events(world.ana)) == 1


def test_an_opt_out_that_outlived_an_erased_person_holds_for_them_by_name(office, world):
    hashed = pseudonym.of(world.team.id, MAYA)
    OptOut.create(team=world.team, mobile=hashed, cause="stop", at=1)
    office.load(FULL + ROW)
    assert OptOut.get().mobile == MAYA


def test_our_own_numbers_are_nobodys_mobile(office, world, problems):
    text = HEADER + f"A,B,{world.number.e164}\nC,D,{world.their_number.e164}\nMaya,O,{MAYA}\n"
    assert counts(office.load(text)) == (1, 0, 0, 2)
    assert all("our own numbers" in said for _, _, said in problems())


def test_nobody_is_looked_up_at_the_carrier_for_an_import(office, world):
    office.load(HEADER + "Maya,Okonkwo,404-555-0187\n")
    assert world.woken("look_up") == []


def test_another_teams_people_are_neither_found_nor_touched(office, world):
    theirs = world.person(MAYA, "Maya Okonkwo", team=world.others, crm_ref="crm:contact:1")
    assert counts(office.load(FULL + ROW)) == (1, 0, 0, 0)
    assert Person.get_by_id(theirs.id).title == ""
    mine = Person.get(Person.team == world.team)
    assert mine.title == "VP"


def test_an_import_of_another_team_is_not_there(office, world):
    held = office.bring(HEADER + "Maya,Okonkwo,404-555-0187\n")
    with pytest.raises(managing.NotThere):
        managing.get(world.others.id, held.id)


def test_bad_rows_cost_nobody_else(office, problems):
    text = (
        HEADER + 'Maya,Okonkwo,404-555-0187\r\nBo,"Diaz,404-555-0188\nAl,,\n\n'
        f'{"x" * 10_000},Roe,404-555-0189\nN\x00l,Roe,404-555-0189\n"Sam\nJr.",Lee,{SAM}\n'
    )
    done = office.load(text)
    assert counts(done) == (2, 0, 0, 4)
    assert [(line, columns) for line, columns, _ in problems()] == [
        *((3, ""), (4, "Mobile"), (6, "First Name"), (7, "First Name")),
    ]
    assert {each.name for each in Person.select()} == {"Maya Okonkwo", "Sam Jr. Lee"}
