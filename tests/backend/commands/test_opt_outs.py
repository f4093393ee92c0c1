"""`repline opt-out`: what an admin types, and what they are told."""

import csv

import pytest

from backend.models import Audit, OptOut
from tests.backend.commands.test_commands import COMPLETE, furnished, office, run

__all__ = ["furnished", "office", "run"]
MAYA = "+14045550187"


@pytest.fixture
def ledger(office, monkeypatch):
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    return office


def test_an_opt_out_is_added_listed_and_ended_with_a_reason(ledger):
    assert ledger("opt-out add (404)555-0187 --note phone").output == "opted out\n"
    assert ledger("opt-out add 4045550187").output == "had opted out already\n"
    [line] = ledger("opt-out list --search 0187").output.splitlines()
    assert line.startswith(f"{MAYA}\t(404) 555-0187\t")
    assert "--reason" in ledger("opt-out end 4045550187").output
    assert ledger("opt-out end 4045550187 --reason form").output == "ended\n"
    assert ledger("opt-out list").output == ""
    assert [each.actor for each in Audit.select().where(Audit.subject == MAYA)] == ["command"] * 2


def test_a_list_is_loaded_and_written_and_bad_rows_are_named(ledger, tmp_path):
    text = "mobile,kind\n404-555-0187,\nnobody,\n404-555-0188,do not text\n404-555-0187,\n"
    answer = ledger("opt-out import -", text)
    assert answer.exit_code == 1
    assert "line 3, column mobile: This is not a telephone number." in answer.output
    assert answer.output.splitlines()[-1] == "2 added, 1 known already, 1 not loaded"
    file = tmp_path / "out.csv"
    assert ledger(f"opt-out export --to {file}").exit_code == 0
    lines = file.read_text().splitlines()
    assert lines[0] == '"mobile","kind","cause","note","at"'
    assert [row[:3] for row in csv.reader(lines[1:])] == [
        ["(404) 555-0187", "opted_out", "import"],
        ["(404) 555-0188", "do_not_text", "import"],
    ]
    again = ledger(f"opt-out import {file}")
    assert (again.exit_code, again.output) == (0, "0 added, 2 known already, 0 not loaded\n")


@pytest.mark.parametrize(
    ("line", "text", "said"),
    [
        ("opt-out add nobody", "", "not a telephone number"),
        ("opt-out end 4045550199 --reason form", "", "has not opted out"),
        ("opt-out import -", "404-555-0187\n", "mobile,kind,note"),
        ("opt-out import /nowhere.csv", "", "No such file"),
        ("opt-out list --team 9", "", "There is no team 9"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(ledger, line, text, said):
    answer = ledger(line, text)
    assert answer.exit_code != 0
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert OptOut.select().count() == 0


def test_without_the_backends_key_nothing_is_looked_up(office):
    answer = office("opt-out list")
    assert answer.exit_code == 1
    assert "SECRET_KEY" in answer.output
