"""What the org says of its columns, and the table of notes."""

from tests.simulator.crms.dynamics.conftest import MAYA

COLUMNS = "EntityDefinitions(LogicalName='contact')/Attributes"
NOTE = "7e57ab1e-0000-5000-8000-000000000002"


def test_columns_are_told_with_their_types_and_labels(ask):
    asked = {"$select": "LogicalName,AttributeType,DisplayName,IsValidForUpdate"}
    found = {
        each["LogicalName"]: each for each in ask("GET", COLUMNS, params=asked).json()["value"]
    }
    flag = found["new_donottext"]
    assert (flag["AttributeType"], flag["IsValidForUpdate"]) == ("Boolean", True)
    assert flag["DisplayName"]["UserLocalizedLabel"]["Label"] == "Do not text"
    assert not found["createdon"]["IsValidForUpdate"]


def test_a_table_or_a_property_that_there_is_not_is_refused(ask):
    none = ask("GET", "EntityDefinitions(LogicalName='submarine')/Attributes")
    assert none.status_code == 404
    assert ask("GET", COLUMNS, params={"$select": "Depth"}).status_code == 400


def test_a_note_is_of_one_row_and_changes_like_any_other(ask, stand_in):
    note = {"subject": "Note", "notetext": "Likes sailing"}
    maya = {"objectid_contact@odata.bind": f"/contacts({MAYA})"}
    path = f"annotations({NOTE})"
    assert ask("PATCH", path, json={**note, **maya}).status_code == 204
    assert ask("PATCH", path, json={"notetext": "Sails"}).status_code == 204
    row = stand_in.store.books.of("annotation")[NOTE]
    assert (row["notetext"], row["_objectid_value"]) == ("Sails", MAYA)
    assert "statecode" not in row
