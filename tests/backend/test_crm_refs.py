import pytest

from backend.crm_refs import crm_of, person_in

GUID = "0d5a1c3e-6d0e-4b7a-9a63-0c9b6f0a7d11"


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("salesforce:contact:003Hs00004aBcDeIAK", ("contact", "003Hs00004aBcDeIAK")),
        ("salesforce:lead:00QHs00004aBcDe", ("lead", "00QHs00004aBcDeMAK")),
        ("salesforce:contact:003HS00004ABCDEIAK", ("contact", "003Hs00004aBcDeIAK")),
        ("salesforce:contact:003hs00004abcdeiak", ("contact", "003Hs00004aBcDeIAK")),
        ("hubspot:contact:101", ("contact", "101")),
        (f"dynamics:contact:{GUID}", ("contact", GUID)),
    ],
)
def test_a_reference_names_a_person_of_its_crm_alone(ref, found):
    assert person_in(crm_of(ref), ref) == found
    for other in {"salesforce", "hubspot", "dynamics", ""} - {crm_of(ref)}:
        assert person_in(other, ref) is None


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "salesforce",
        "salesforce:contact",
        "salesforce:contact:garbage",
        "salesforce:account:001Hs00004aBcDeIAK",
        "salesforce:contact:003Hs00004aBcDeIAK\n",
        "salesforce:contact:003Hs00004aBcDe/../x",
        "salesforce:contact:003Hs00004aBcDeIBK",
        "salesforce:contact:003Hs00004aBcDe999",
        "hubspot:contact:12a",
        "hubspot:contact:٣",
        f"dynamics:contact:{GUID})/x",
        f"dynamics:contact:{GUID.upper()}",
        "demo:contact:1",
    ],
)
def test_what_names_no_person_is_none(ref):
    assert person_in(crm_of(ref), ref) is None
