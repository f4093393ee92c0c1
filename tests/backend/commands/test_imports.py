"""`repline import people`: what an admin types, and what they are told."""

import csv

import pytest

from backend.importing.loading import Loading
from backend.models import Audit, PeopleImport, Person
from tests.backend.commands.test_commands import COMPLETE, furnished, office, run

__all__ = ["furnished", "office", "run"]


@pytest.fixture
def folder(office, monkeypatch, tmp_path):
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TWILIO_API_BASE_URL", "http://127.0.0.1:1")  # example numbers are allowed
    return tmp_path


@pytest.fixture
def people(folder):
    """Write a file of people and give its name."""

    def write(text, name="people.csv"):
        (folder / name).write_text(text)
        return folder / name

    return write


HEADER = "Name,Mobile\n"


def test_people_are_loaded_and_what_was_not_is_written_beside_the_file(office, people, folder):
    file = people(HEADER + "Maya,404-555-0187\nBo,nobody\nAl,404-555-0188\n")
    answer = office(f"import people {file}")
    assert answer.exit_code == 0, answer.output
    report = folder / "people.problems.csv"
    assert "2 added, 0 changed, 0 same, 1 not loaded\n" in answer.output
    assert answer.output.endswith(f"what to do: {report}\n")
    [row] = csv.DictReader(report.read_text("utf-8-sig").splitlines())
    assert (row["Repline: line"], row["Name"], row["Mobile"]) == ("3", "Bo", "nobody")
    report.write_text(report.read_text("utf-8-sig").replace("nobody", "404-555-0189"))
    again = office(f"import people {report}")
    assert again.output.endswith("1 added, 0 changed, 0 same, 0 not loaded\n")
    assert {each.actor for each in Audit.select().where(Audit.action == "import.done")} == {
        "command"
    }


def test_columns_are_said_by_their_names(office, people):
    file = people("Who,Phone\nMaya,404-555-0187\n")
    refused = office(f"import people {file}")
    assert refused.exit_code == 1
    assert "Say which column is the mobile" in refused.output
    assert "--map" in refused.output
    answer = office(f"import people {file} --map Who=name --map Phone=mobile")
    assert answer.exit_code == 0, answer.output
    assert Person.get().name == "Maya"
    assert [each.state for each in PeopleImport.select()] == ["canceled", "done"]


def test_a_dry_run_checks_every_row_and_loads_nobody(office, people, folder):
    file = people(HEADER + "Maya,404-555-0187\nBo,nobody\n")
    answer = office(f"import people {file} --dry-run --report {folder}/report.csv")
    assert answer.exit_code == 0
    assert "1 can be loaded, 1 cannot. Nobody was loaded." in answer.output
    assert "nobody" in (folder / "report.csv").read_text()
    assert Person.select().count() == 0
    assert not [each for each in (folder / "media").rglob("*") if each.is_file()]


@pytest.mark.parametrize("dry", ["", " --dry-run"])
def test_a_file_of_which_nothing_can_be_loaded_ends_with_1(office, people, dry):
    file = people(HEADER + "Bo,nobody\n")
    assert office(f"import people {file}{dry}").exit_code == 1


def test_an_interrupted_import_is_gone_on_with(office, people, monkeypatch):
    file = people(HEADER + "Maya,404-555-0187\nAl,404-555-0188\n")

    def interrupted(self, people_import):
        yield from ()
        raise KeyboardInterrupt

    with monkeypatch.context() as ctrl_c:
        ctrl_c.setattr(Loading, "steps", interrupted)
        answer = office(f"import people {file}")
    assert answer.exit_code == 1
    assert "repline import people --resume 1" in answer.output
    assert PeopleImport.get().state == "paused"
    answer = office("import people --resume 1")
    assert (answer.exit_code, Person.select().count()) == (0, 2)
    assert "2 added" in answer.output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import people", "Give either a FILE, or --resume ID."),
        ("import people --resume 9", "There is no import 9"),
        ("import people /nowhere.csv", "does not exist"),
        ("import people {file} --map Name", "write it as COLUMN=FIELD"),
        ("import people {file} --map Nam=name", "There is no column “Nam”"),
        ("import people {file} --map Name=shoe", "Column “Name”: Choose one of these."),
        ("import people {file} --resume 1", "Give either a FILE, or --resume ID."),
        ("import people {file} --team 9", "There is no team 9"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(office, people, line, said):
    answer = office(line.format(file=people(HEADER + "Maya,404-555-0187\n")))
    assert answer.exit_code != 0
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert Person.select().count() == 0
    assert not PeopleImport.select().where(PeopleImport.state == "mapping").exists()


def test_a_workbook_is_refused_in_words(office, people):
    answer = office(f"import people {people('PK' + chr(3) + chr(4))}")
    assert (answer.exit_code, "CSV UTF-8" in answer.output) == (1, True)
