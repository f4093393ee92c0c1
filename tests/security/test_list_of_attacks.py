"""docs/security.md names what is there, and everything that is in here."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = set(re.findall(r"`(tests/[\w/]+\.\w+)`", (ROOT / "docs/security.md").read_text("utf-8")))


def test_every_file_that_the_list_of_attacks_names_exists():
    assert [name for name in NAMED if not (ROOT / name).is_file()] == []


def test_every_test_of_this_folder_is_in_the_list_of_attacks():
    here = {f"tests/security/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert here - NAMED == {f"tests/security/{Path(__file__).name}"}
