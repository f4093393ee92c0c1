"""The table of CRM pages that an installation was given, and what is refused of it."""

import json
from pathlib import Path

import pytest

from backend.config import ConfigError
from backend.crm_pages.check import refusal
from backend.crm_pages.table import BUILT_IN, load

PATTERNS = json.loads(
    (Path(__file__).parents[2] / "shared" / "crm_patterns.json").read_text("utf-8")
)


def test_an_installation_hands_out_a_table_of_its_own(tmp_path):
    own = json.loads(BUILT_IN.read_text("utf-8"))
    own["version"] = 7
    (tmp_path / "own.json").write_text(json.dumps(own))
    assert load(str(tmp_path / "own.json")).version == 7


def spoilt(change) -> str:
    table = json.loads(BUILT_IN.read_text("utf-8"))
    change(table)
    return json.dumps(table)


def large(crm: dict) -> dict:
    """A CRM that keeps to every bound but, with others, that of the whole table."""
    return crm | {"hosts": [f"{'a' * 60}.h{n}.example" for n in range(40)]}


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "not JSON",
        spoilt(lambda table: table.update(version=0)),
        spoilt(lambda table: table["crms"][1]["hosts"].append("*.example.com")),
        spoilt(lambda table: table["crms"][1]["rules"][0].update(pattern="^/(?<id>\\d+)$")),
        spoilt(lambda table: table["crms"][1]["rules"][0].update(pattern="/(?<id>\\d{1,9})$")),
        spoilt(lambda table: table["crms"][1].update(colour="red")),
        spoilt(lambda table: table["crms"][1]["hosts"].append(".com")),
        spoilt(lambda table: table["crms"][1].update(fields={"mobile": "a:has(b)"})),
        spoilt(lambda table: table["crms"][1]["rules"][0].update(pattern="^/people/")),
        spoilt(lambda table: table["crms"][1]["rules"][0].update(when="^(a{1,9}){1,9}$")),
        spoilt(lambda table: table.update(crms=[large(each) for each in table["crms"] * 4])),
    ],
)
def test_a_table_that_is_unfit_is_refused_at_the_start_with_what_to_do(tmp_path, content):
    path = tmp_path / "own.json"
    path.write_text(content)
    with pytest.raises(ConfigError, match=r"docs/crm-pages\.md"):
        load(str(path))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="CRM_PAGES_FILE cannot be read"):
        load(str(tmp_path / "none.json"))


@pytest.mark.parametrize("pattern", PATTERNS["fine"])
def test_a_pattern_that_the_extension_takes_is_taken(pattern):
    assert refusal(pattern) == ""


@pytest.mark.parametrize(("pattern", "why"), PATTERNS["refused"].items())
def test_a_pattern_is_refused_here_as_it_is_in_the_extension(pattern, why):
    assert why in refusal(pattern)
