"""Which record an address names, told here as in the extension."""

import json
from pathlib import Path

import pytest

from backend.crm_pages.records import Records
from backend.crm_pages.table import BUILT_IN, load
from tests.backend.world import RECORDS

GOLDENS = json.loads(
    (Path(__file__).parents[2] / "shared" / "crm_addresses.json").read_text("utf-8")
)


@pytest.mark.parametrize(("address", "ref"), GOLDENS["records"].items())
def test_an_address_names_the_record_that_the_extension_sees_there(address, ref):
    found = RECORDS.at(address)
    assert found is not None
    assert ":".join(found) == ref


@pytest.mark.parametrize("address", [*GOLDENS["none"], "https://[/", "", "mailto:a@hubspot.com"])
def test_other_addresses_name_none(address):
    assert RECORDS.at(address) is None


def test_the_demo_crm_is_told_by_its_pages_alone():
    assert RECORDS.at("http://127.0.0.1:5000/contacts/101") is None


def test_a_pattern_that_an_installation_mends_holds_here_too(tmp_path):
    own = json.loads(BUILT_IN.read_text("utf-8"))
    [hubspot] = [each for each in own["crms"] if each["id"] == "hubspot"]
    hubspot["rules"] = [{"where": "path", "pattern": "^/people/(?<id>\\d{1,9})$", "type": "lead"}]
    own["version"] += 1
    (tmp_path / "own.json").write_text(json.dumps(own))
    found = Records(load(str(tmp_path / "own.json"))).at("https://app.hubspot.com/people/7")
    assert found == ("hubspot", "lead", "7")
