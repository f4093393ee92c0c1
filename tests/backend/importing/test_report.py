"""What was not loaded comes back as a file that can be mended and imported."""

import csv
import io

from backend.compliance.csv_cells import written
from backend.importing import report
from backend.models import Person
from tests.backend.importing.conftest import HEADER

BAD = '=1+1,Okonkwo,404-555\n"@Sam","Lee, Jr.",nobody\nBo,"Diaz,404-555-0189\n'


def text(held) -> str:
    return "".join(written(report.rows(held), "\r\n"))


def test_a_mended_report_is_imported_as_it_is(office):
    held = office.load(HEADER + BAD)
    assert held.refused == 3
    mended = text(held).replace('"404-555"', '"404-555-0187"').replace("nobody", "404-555-0188")
    done = office.load("\ufeff" + mended)
    assert (done.added, done.refused) == (2, 1)
    assert {each.name for each in Person.select()} == {"=1+1 Okonkwo", "@Sam Lee, Jr."}


def test_each_row_says_its_line_its_column_and_what_to_do(office):
    header, *rows = csv.reader(io.StringIO(text(office.load(HEADER + BAD))))
    assert header[:3] == [report.LINE, report.COLUMNS, report.TODO]
    assert header[3:] == ["First Name", "Last Name", "Mobile"]
    assert [row[:2] for row in rows] == [["2", "Mobile"], ["3", "Mobile"], ["4", ""]]
    assert all(row[2].endswith(".") for row in rows)
    assert rows[2][3] == 'Bo,"Diaz,404-555-0189'


def test_no_cell_of_a_report_begins_a_formula(office):
    held = office.load(
        "=Name,-Phone,+Title\n=A,nobody,@x\n", **{"=Name": "name", "-Phone": "mobile"}
    )
    for row in report.rows(held):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
