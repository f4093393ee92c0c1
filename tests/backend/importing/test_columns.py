"""What columns are by their names, and which choices make no people."""

import pytest

from backend.importing.columns import check, from_names, guess, said
from backend.team.faults import Invalid


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "First Name,Last Name,Title,Account Name,Mobile,Phone,Email,Contact ID,Mailing State",
            "first_name,last_name,title,account,mobile,number,email,crm_ref,region",
        ),
        (
            "Record ID,First Name,Last Name,Job Title,Company name,Mobile Phone Number"
            ",Phone Number,Time Zone",
            "hubspot_id,first_name,last_name,title,account,mobile,number,time_zone",
        ),
        (
            "Full name,Cell,Home Phone,Ext.,Phone,Phone (2)",
            "name,mobile,number,extension,number,number",
        ),
        ("First Name,Last Name,Name,MOBILE", "first_name,last_name,,mobile"),
        ("Shoe size,Phone", ",number"),
    ],
)
def test_exports_of_crms_are_known_by_their_headers(header, fields):
    assert guess(header.split(",")) == fields.split(",")


def test_a_number_is_a_mobile_only_where_it_is_called_one():
    assert "mobile" not in guess(["Name", "Phone", "Direct phone", "Number"])


@pytest.mark.parametrize(
    ("mapping", "wrong"),
    [
        (["mobile", "", ""], {""}),
        (["name", "number", ""], {""}),
        (["name", "mobile", "mobile"], {"column-2"}),
        (["name", "mobile", "first_name"], {"column-0"}),
        (["name", "mobile", "shoe size"], {"column-2"}),
        (["name", "mobile", *["number"] * 11], {""}),
    ],
)
def test_a_choice_that_makes_no_people_is_refused_where_it_is_wrong(mapping, wrong):
    with pytest.raises(Invalid) as refused:
        check(["Column"] * len(mapping), mapping)
    assert set(refused.value.errors) == wrong
    assert all(text.endswith((".", "it.")) for text in refused.value.errors.values())


def test_what_is_wrong_is_said_with_the_names_of_columns():
    names = ["Who", "Cell", "Cell (2)"]
    with pytest.raises(Invalid) as refused:
        check(names, from_names(names, {"Who": "name", "Cell": "mobile", "Cell (2)": "mobile"}))
    assert said(names, refused.value).startswith("Column “Cell (2)”: There is another column")


def test_a_column_that_the_file_lacks_is_named_with_those_that_it_has():
    with pytest.raises(Invalid, match=r"“Cel”.*Name, Cell"):
        from_names(["Name", "Cell"], {"Cel": "mobile"})
