"""Whatever a spreadsheet writes becomes UTF-8; what is no text is refused in words."""

import io

import pytest

from backend.importing import decoding
from backend.importing.decoding import LOST, BadFile, encoding_of, utf8
from backend.models import Person
from tests.backend.importing.conftest import HEADER

TEXT = HEADER + "Zoë,Núñez,404-555-0187\n"


def read(data: bytes) -> str:
    file = io.BytesIO(data)
    encoding = encoding_of(file)
    assert encoding in decoding.NAMES
    return b"".join(utf8(file, encoding)).decode()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_a_name_is_read_as_it_was_written_in_every_usual_encoding(office, encoding):
    office.load(TEXT.encode(encoding))
    assert Person.get().name == "Zoë Núñez"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_system_ends_its_lines_in_its_own_way(end):
    assert read(TEXT.replace("\n", end).encode()) == TEXT


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"PK\x03\x04rest of a workbook", "CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "CSV UTF-8"),
        (b"%PDF-1.7", "Export"),
        (b"\x1f\x8b\x08", "Unpack"),
        (bytes(5000), "no text file"),
        ("ユーザー,携帯\n".encode("shift-jis"), "CSV UTF-8"),
    ],
)
def test_what_is_no_csv_is_refused_with_what_to_do(data, advice):
    with pytest.raises(BadFile, match=advice):
        read(data)


def test_a_line_in_another_encoding_is_lost_alone_and_its_row_refused(office, problems):
    good = "Zoë,Núñez,404-555-0187\nJosé,Díaz,404-555-0188\n".encode()
    done = office.load(HEADER.encode() + good + "Zoé,Roi,404-555-0189\n".encode("cp1252"))
    assert (done.encoding, done.added, done.refused) == ("utf-8", 2, 1)
    assert [(line, columns) for line, columns, _ in problems()] == [(4, "First Name")]
    assert "CSV UTF-8" in problems()[0][2]
    assert not any(LOST in each.name for each in Person.select())


def test_a_character_that_a_piece_of_the_file_cuts_in_two_is_whole():
    text = "é" * 200_000 + "\n"
    for encoding in ("utf-8", "utf-16", "cp1252"):
        assert read(text.encode(encoding)) == text
