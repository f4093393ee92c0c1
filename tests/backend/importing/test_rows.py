"""What a row says of a person, and what it is told when it cannot stand."""

import pytest

from backend.compliance import simulation
from backend.compliance.csv_cells import Record
from backend.importing import rows
from backend.importing.rows import Bad, Row
from tests.backend.importing.conftest import MAYA
from tests.backend.world import RECORDS

GOOD = {"name": "Maya Okonkwo", "mobile": "(404) 555-0187"}


def read(record: Record, text: str, columns: list[str], mapping: list[str]) -> Row | Bad | None:
    return rows.read(record, text, columns, mapping, RECORDS)


def row(**cells: str) -> Row | Bad | None:
    """A row with these fields; a column is named as its field, a number is called Phone."""
    given = {**GOOD, **cells}
    fields = [name.rstrip("0123456789") for name in given]
    names = ["Phone" + name.removeprefix("number") if "number" in name else name for name in given]
    return read(Record(7, [*given.values()]), "", names, fields)


def test_every_field_finds_its_place():
    found = row(
        title="VP", account="Fig, Inc.", region="GA", time_zone="(GMT-05:00) (America/New_York)",
        account_url="https://crm.example/a/1",
        profile_url="https://acme.lightning.force.com/lightning/r/Contact/0035g000006Vm9rAAC/view",
    )  # fmt: skip
    assert isinstance(found, Row)
    page = found.page
    assert (found.mobile, page.name, page.title, page.account) == (
        MAYA, "Maya Okonkwo", "VP", "Fig, Inc.",
    )  # fmt: skip
    assert (page.time_zone, page.region) == ("America/New_York", "GA")
    assert (page.crm, page.crm_ref) == ("salesforce", "salesforce:contact:0035g000006Vm9rAAC")
    assert page.account_url == "https://crm.example/a/1"


def test_first_and_last_names_are_one_name():
    cells = Record(2, ["Maya", " Okonkwo ", "404-555-0187"])
    found = read(cells, "", ["A", "B", "C"], ["first_name", "last_name", "mobile"])
    assert found.page.name == "Maya Okonkwo"


def test_other_numbers_keep_their_labels_and_extensions_and_the_mobile_comes_first():
    found = row(number1="404-555-0100", extension="12", number2="4045550101 ext. 5", number3="")
    assert found.numbers == [
        (MAYA, "Mobile"),
        ("+14045550100", "Phone1, ext. 12"),
        ("+14045550101", "Phone2, ext. 5"),
    ]
    assert row(number1="404-555-0187").numbers == []


def test_a_number_that_a_spreadsheet_was_kept_from_counting_is_one():
    assert row(mobile='="4045550187"').mobile == MAYA
    assert row(mobile="'+14045550187").mobile == MAYA


def test_a_formula_in_a_name_is_a_name():
    assert row(name="=cmd|' /C calc'!A0").page.name == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("cells", "column", "advice"),
    [
        ({"mobile": ""}, "mobile", "There is no mobile"),
        ({"mobile": "call me"}, "mobile", "Write it as (404) 555-0187."),
        ({"mobile": "555-0187"}, "mobile", "Write it as (404) 555-0187."),
        ({"mobile": "404-555-0187 x12"}, "mobile", "extension"),
        ({"extension": "12"}, "extension", "A mobile has no extension"),
        ({"mobile": "+44 7700 900123"}, "mobile", "US and Canadian"),
        ({"mobile": "900-555-1234"}, "mobile", "premium"),
        ({"mobile": "800-555-1234"}, "mobile", "toll-free"),
        ({"mobile": "1.40455E+10"}, "mobile", "as text"),
        ({"number1": "1.40455E+10"}, "Phone1", "as text"),
        ({"number1": "nobody"}, "Phone1", "leave it empty"),
        ({"name": ""}, "name", "There is no name"),
        ({"name": "\u200b"}, "name", "There is no name"),
        ({"name": "M\x00aya"}, "name", "control characters"),
        ({"title": "x" * 10_000}, "title", "10,000 characters: shorten it to 200"),
        ({"mobile": "4" * 10_000}, "mobile", "shorten"),
        ({"region": "x" * 41}, "region", "shorten"),
        ({"time_zone": "lunch"}, "time_zone", "America/New_York"),
        ({"profile_url": "javascript:alert(1)"}, "profile_url", "https://"),
        ({"profile_url": "https://[/"}, "profile_url", "https://"),
        ({"crm_ref": "12"}, "crm_ref", "salesforce:contact"),
        ({"hubspot_id": "1.2"}, "hubspot_id", "number"),
        ({"crm_ref": "demo:contact:1", "hubspot_id": "2"}, "crm_ref", "different records"),
    ],
)
def test_a_row_that_cannot_stand_is_named_with_its_column_and_what_to_do(cells, column, advice):
    found = row(**cells)
    assert isinstance(found, Bad)
    assert (found.line, found.columns) == (7, column)
    assert advice in found.text
    assert found.text.endswith(".")


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    found = row(mobile="nobody", title="x" * 300)
    assert found.columns == "title, mobile"
    assert "shorten" in found.text
    assert "telephone number" in found.text


def test_what_is_kept_of_a_long_row_is_bounded():
    assert max(map(len, row(title="x" * 10_000).cells)) == 1000


def test_a_row_with_more_cells_than_columns_is_refused_and_one_with_fewer_is_not():
    columns, fields = ["Name", "Mobile", "Title"], ["name", "mobile", "title"]
    more = read(Record(2, ["Maya", "404-555-0187", "VP", "x"]), "", columns, fields)
    assert "quotation marks" in more.text
    fewer = read(Record(2, ["Maya", "404-555-0187"]), "", columns, fields)
    assert fewer.page.title == ""


def test_a_row_in_which_nothing_stands_is_none():
    assert read(Record(2, ["", " ", ""]), "", ["A", "B"], ["name", "mobile"]) is None


def test_examples_of_numbers_are_people_towards_the_simulator_alone():
    simulation.configure(fictitious=False)
    assert "555-01XX" in row().text


def test_columns_that_are_left_out_may_hold_anything():
    columns, fields = ["Name", "Mobile", "Notes", "Fax"], ["name", "mobile", "", ""]
    cells = ["Maya", "404-555-0187", "x" * 10_000, "\x00"]
    assert isinstance(read(Record(2, cells), "", columns, fields), Row)


def test_an_email_is_kept():
    assert row(email="maya@northwind.example").page.email == "maya@northwind.example"
