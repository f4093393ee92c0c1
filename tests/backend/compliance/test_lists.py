"""Lists of opt-outs in CSV: harmless in a spreadsheet, and forgiving on the way in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.compliance import ledger, lists
from backend.compliance.csv_cells import plain, records, safe, written
from backend.compliance.lists import BadList, BadRow
from backend.models import Audit, ConsentEvent, OptOut, Restriction
from backend.store import pseudonym
from tests.backend.compliance.conftest import MAYA


@pytest.fixture
def load(world, acting):
    def one(text, user=None):
        actor = acting(user or world.admin)
        return lists.import_(world.writer, actor, io.StringIO(text))

    return one


def exported(team) -> str:
    return "".join(written(lists.export(team), "\n"))


def test_a_list_is_loaded_with_history_and_one_entry_in_the_audit_log(world, load):
    done = load("Mobile,Kind,Note\n(404) 555-0187,,Fair\n404-555-0188,Do not text,\n")
    assert (done.added, done.known, done.bad) == (2, 0, [])
    assert (OptOut.get().mobile, OptOut.get().cause) == (MAYA, "import")
    assert Restriction.get().kind == "do_not_text"
    assert ConsentEvent.select().count() == 2
    [audit] = Audit.select()
    assert (audit.action, audit.actor) == ("opt_out.imported", world.admin.email)
    assert audit.after == '{"added":2,"known":0,"bad":0}'


def test_each_bad_row_is_named_with_line_and_column_and_the_rest_is_loaded(load):
    done = load(
        "name,mobile,kind\n"
        "Maya,404-555-0187,\n"
        ",404555abcd,\n"
        "\n"
        "Bo,404-555-0188,maybe\n"
        'Al,"404-555-0189,\n'
        "Di,1.40455E+10,\n"
        "Cy\n"
        "Ed,404-555-0190,opted out\n"
    )
    assert done.added == 2
    assert [(bad.line, bad.column) for bad in done.bad] == [
        *((3, "mobile"), (5, "kind"), (6, ""), (7, "mobile"), (8, "mobile")),
    ]
    assert all(bad.text.endswith(".") for bad in done.bad)


def test_duplicates_are_counted_also_when_written_differently(load):
    done = load("mobile\n404-555-0187\n+14045550187\n(404)5550187\n")
    assert (done.added, done.known) == (1, 2)
    assert load("mobile\n404-555-0187\n").known == 1


@pytest.mark.parametrize("text", ["", "\n", "404-555-0187\n404-555-0188\n", "name,note\nMaya,x\n"])
def test_a_list_that_does_not_name_its_columns_is_refused_and_says_how(load, text):
    with pytest.raises(BadList, match="mobile,kind,note"):
        load(text)
    assert OptOut.select().count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffmobile;note\n404-555-0187;x;\n",
        "Phone\tNote\n404-555-0187\tx\n",
        "number\r\n4045550187",
    ],
)
def test_what_spreadsheets_write_is_read(load, text):
    assert load(text).added == 1


def test_what_is_exported_is_loaded_again_as_it_was(world, load):
    load('mobile,kind,note\n404-555-0187,,\n+447700900123,,\n404-555-0187,do_not_text,"=1+1, x"\n')
    hashed = pseudonym.of(world.team.id, "+14045550199")
    OptOut.create(team=world.team, mobile=hashed, cause="stop", at=1_700_000_000_000)
    text = exported(world.team.id)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["mobile"] for row in rows} == {"(404) 555-0187", "tel:+447700900123", hashed}
    assert next(row["at"] for row in rows if row["mobile"] == hashed) == "2023-11-14T22:13:20Z"
    before = [(row.mobile, row.kind, row.note) for row in Restriction.select()]
    mobiles = {row.mobile for row in OptOut.select()}
    for table in (OptOut, Restriction, ConsentEvent):
        table.delete().execute()
    done = load(text)
    assert (done.added, done.bad) == (4, [])
    assert {row.mobile for row in OptOut.select()} == mobiles
    assert [(row.mobile, row.kind, row.note) for row in Restriction.select()] == before


def test_no_cell_of_an_export_begins_a_formula(world, load, acting):
    for number, note in enumerate(
        ["=cmd()", "+1", "-1", "@x", "\t=1", "\r=1", "'=1", " =1", "＝1", "＋1", "－1", "＠x"]
    ):
        mobile = f"+1404555{100 + number:04}"
        world.writer(
            lambda tx, mobile=mobile, note=note: ledger.restrict(
                tx, acting(world.ana), mobile, "do_not_text", "rep", note
            )
        )
    for row in lists.export(world.team.id):
        assert all(cell[:1] not in tuple("=+-@＝＋－＠\t\r") for cell in row)


def test_a_spreadsheet_with_another_separator_finds_no_formula_behind_it(load, world):
    load('mobile,kind,note\n404-555-0187,do_not_text,";=1+1"\n')
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(exported(world.team.id)), delimiter=separator):
            assert not any(cell.startswith("=") for cell in row)


def test_the_note_of_an_opt_out_is_exported(load, world):
    load("mobile,note\n404-555-0187,At the fair\n")
    [row] = csv.DictReader(io.StringIO(exported(world.team.id)))
    assert row["note"] == "At the fair"


def test_a_cell_that_is_too_long_is_called_that(load):
    done = load(f"mobile,note\n404-555-0187,{'x' * 140_000}\n404-555-0188,\n")
    assert done.added == 1
    assert [(bad.line, "128 KiB" in bad.text) for bad in done.bad] == [(2, True)]


def test_a_note_that_was_cut_is_reported_and_its_row_loaded(load):
    done = load(f"mobile,kind,note\n404-555-0187,do_not_text,{'x' * 501}\n")
    assert (done.added, done.bad) == (1, [])
    assert [(cut.line, cut.column) for cut in done.cut] == [(2, "note")]
    assert Restriction.get().note == "x" * 500


@pytest.mark.parametrize("name", ["mobile", "note", "Kind"])
def test_a_column_that_is_named_twice_is_refused_by_its_name(load, name):
    with pytest.raises(BadList, match=f"`{name.lower()}`"):
        load(f"mobile,kind,note,{name}\n404-555-0187,,,\n")
    assert OptOut.select().count() == 0


@given(st.text(max_size=30))
def test_a_cell_made_safe_is_read_as_it_was_but_for_its_blanks(cell):
    assert safe(cell)[:1] not in tuple("=+-@\t\r")
    assert plain(safe(cell)) == " ".join(cell.split())


@given(st.text(st.sampled_from('a,;"\n\r'), max_size=40))
def test_any_file_is_read_to_its_end_line_by_line(text):
    lines = text.splitlines(keepends=True)
    found = [record.line for record in records(lines)]
    assert found == sorted(set(found))


def test_a_record_may_span_lines_within_its_quotes(load):
    done = load('mobile,note\n404-555-0187,"two\nlines"\n404-555-01,x\n')
    assert (done.added, [bad.line for bad in done.bad]) == (1, [4])


def test_another_teams_list_is_not_in_it(world, load):
    load("mobile\n404-555-0187\n")
    assert len(list(lists.export(world.others.id))) == 1


def test_a_row_says_what_to_do():
    assert "(404) 555-0187" in lists._row(next(records(["x"])), {"mobile": 0}).text
    assert isinstance(lists._row(next(records(["x"])), {"mobile": 0}), BadRow)
