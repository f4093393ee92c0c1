"""Which record of a CRM a cell names, as the extension names it on the record's page."""

import pytest

from backend.importing.references import BadReference, of_address, of_hubspot, of_text
from tests.backend.world import RECORDS

MAYA = "salesforce:contact:0035g000006Vm9rAAC"
GUID = "6f9619ff-8b86-d011-b42d-00c04fc964ff"


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("0035g000006Vm9r", MAYA),
        ("0035g000006Vm9rAAC", MAYA),
        (MAYA, MAYA),
        ("00QA0000006Vm9r", "salesforce:lead:00QA0000006Vm9rMAC"),
        ("https://acme.lightning.force.com/lightning/r/Contact/0035g000006Vm9rAAC/view", MAYA),
        ("https://acme.my.salesforce.com/0035g000006Vm9r", MAYA),
        ("https://app.hubspot.com/contacts/12/record/0-1/345", "hubspot:contact:345"),
        ("https://app.hubspot.com/contacts/12/contact/345/", "hubspot:contact:345"),
        (
            "https://acme.crm.dynamics.com/main.aspx?appid=1&pagetype=entityrecord&etn=lead"
            f"&id={GUID.upper()}",
            f"dynamics:lead:{GUID}",
        ),
        (f"dynamics:lead:{{{GUID.upper()}}}", f"dynamics:lead:{GUID}"),
        ("https://acme.pipedrive.com/person/5", "pipedrive:contact:5"),
        ("demo:contact:101", "demo:contact:101"),
    ],
)
def test_a_person_is_named_in_one_way_however_it_is_written(written, ref):
    assert of_text(RECORDS, written).ref == ref
    assert of_text(RECORDS, written).crm == ref.partition(":")[0]


@pytest.mark.parametrize(
    "written",
    [
        "12345",
        "001A0000006Vm9r",
        "salesforce:Account:001",
        "salesforce:contact:Maya",
        "hubspot:contact:12a",
        "Maya Okonkwo",
        "https://acme.lightning.force.com/lightning/r/Account/0015g000006Vm9rAAC/view",
        "https://acme.lightning.force.com.evil.example/lightning/r/Contact/0035g000006Vm9rAAC/view",
        "https://[/",
    ],
)
def test_what_names_no_person_is_refused_with_how_to_write_one(written):
    with pytest.raises(BadReference, match="salesforce:contact"):
        of_text(RECORDS, written)


def test_an_address_of_no_crm_is_just_an_address():
    assert of_address(RECORDS, "https://example.com/people/12") is None


def test_hubspot_exports_bare_numbers():
    assert of_hubspot("345").ref == "hubspot:contact:345"
    with pytest.raises(BadReference):
        of_hubspot("3.45E+8")
