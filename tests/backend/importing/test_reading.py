"""Records from any place of a file on: the same, however often one stops in between."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.importing import reading
from backend.importing.decoding import BadFile
from backend.importing.reading import layout, read

ROWS = 'Name,Mobile\nAnn,1\n\n"Bo\nB",2\nCy,"3\nDi,4\nEd,5" x\nFay,6\n'


@pytest.fixture
def file(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "people.csv"
        path.write_bytes(text.encode())
        return path

    return write


def in_pieces(path: Path, count: int, width: int = 2) -> list:
    found, position, line, last = [], 0, 1, False
    while not last:
        piece = read(path, position, line, ",", width, count)
        found += piece.records
        position, line, last = piece.position, piece.line, piece.last
    assert position == path.stat().st_size
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_file_that_is_read_in_pieces_is_the_file(file, count):
    path = file(ROWS)
    whole = in_pieces(path, 1000)
    assert in_pieces(path, count) == whole
    assert [record.line for record, _ in whole] == [1, 2, 4, 6, 7, 8, 9]


@given(st.text(st.sampled_from('aé,;"\n'), max_size=80), st.integers(1, 5))
def test_no_text_whatever_is_read_otherwise_in_pieces(tmp_path_factory, text, count):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(text.encode())
    assert in_pieces(path, count) == in_pieces(path, 1000)


def test_two_stray_quotes_near_each_other_cost_their_own_lines_alone(file):
    found = in_pieces(file(ROWS), 1000)
    bad = [record.line for record, _ in found if record.cells is None]
    assert bad == [6, 8]
    assert ["Di", "4"] in [record.cells for record, _ in found]


def test_a_line_without_end_is_refused_and_the_next_one_read(file):
    path = file("Name,Mobile\n" + "x" * 3_000_000 + "\nAnn,1\n")
    header, endless, ann = in_pieces(path, 1000)
    assert "Shorten" in endless[0].why
    assert len(endless[1]) == reading.LONGEST_KEPT
    assert ann[0] == (3, ["Ann", "1"], "")
    assert header[0].line == 1


def test_what_is_read_at_a_time_is_bounded_also_where_rows_are_long(file):
    row = ",".join(["x" * 100_000] * 2) + "\n"
    piece = read(file(row * 50), 0, 1, ",", 2, 500)
    assert len(piece.records) < 10


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_most_columns(file, delimiter):
    names = ["Name", "Mobile", "Account, or company; if any"]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(names)
    assert layout(file(out.getvalue()), "utf-8").columns == names


def test_duplicate_and_empty_headers_are_told_apart(file):
    found = layout(file("\nPhone, Phone ,,Phone,Phone (2)\n"), "utf-8")
    names = ["Phone", "Phone (2)", "Column 3", "Phone (3)", "Phone (2) (2)"]
    assert found.columns == names
    assert (found.line, found.position) == (3, 32)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "name the columns"),
        ("\n\n", "name the columns"),
        (",,\n", "name the columns"),
        ("Maya,Okonkwo,404-555-0187\nSam,Lee,404-555-0188\n", "name the columns"),
        ('Name,"Mobile\n', "name the columns"),
        (",".join(map(str, range(201))) + "\n", "200 columns"),
    ],
)
def test_a_file_that_does_not_name_its_columns_is_refused_and_says_how(file, text, advice):
    with pytest.raises(BadFile, match=advice):
        layout(file(text), "utf-8")
