"""What comes as a CSV file, in whatever encoding, becomes UTF-8 with a newline behind each line, so
that a place in it is a byte."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

LOST = "\ufffd"
"""Stands where a character could not be read; a row that holds one is refused."""
NAMES = {
    "utf-8": "UTF-8",
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "UTF-16"),
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
}
"""Encodings as people know them."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16: its mark begins this one.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOK = "This is a spreadsheet’s own file. Save it as “CSV UTF-8” in your spreadsheet."
_SIGNATURES = (
    (b"PK\x03\x04", _WORKBOOK),
    (b"\xd0\xcf\x11\xe0", _WORKBOOK),
    (b"%PDF", "This is a PDF. Export the people as CSV."),
    (b"\x1f\x8b", "This file is compressed. Unpack it first."),
)
_NO_TEXT = "This is no text file. Save it as “CSV UTF-8” in your spreadsheet."
_HEAD = 4096
_PIECE = 256 * 1024


class BadFile(Exception):
    """The file as a whole cannot be read; the message says what to do."""


def encoding_of(file: BinaryIO) -> str:
    """How the text of the file is encoded: utf-8, utf-16, utf-32 (with a mark), utf-16-le,
    utf-16-be or cp1252. Raises :class:`BadFile`. Reads all of the file."""
    head = file.read(_HEAD)
    file.seek(0)
    for signature, text in _SIGNATURES:
        if head.startswith(signature):
            raise BadFile(text)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    # Every other byte of western text in UTF-16 is zero: the first of two where it is big-endian.
    first, second = _zeros(head[::2]), _zeros(head[1::2])
    if first and second:
        raise BadFile(_NO_TEXT)
    if first or second:
        return "utf-16-be" if first else "utf-16-le"
    return _by_lines(file)


def utf8(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The file's text in UTF-8, each line ended by a newline alone; what cannot be read is
    :data:`LOST`."""
    text = io.TextIOWrapper(file, encoding, errors="replace", newline=None)
    piece = text.read(_PIECE).removeprefix("\ufeff")
    while piece:
        yield piece.encode()
        piece = text.read(_PIECE)


def _zeros(data: bytes) -> bool:
    return data.count(0) > len(data) // 2


def _by_lines(file: BinaryIO) -> str:
    """UTF-8 or Windows-1252. Of a file that mixes both, what most of its lines are: the others are
    refused by their number, and nobody's name is garbled without a word."""
    utf8_lines = other_lines = undefined = 0
    while line := file.readline(_PIECE):
        if line.isascii():
            continue
        if _decodes(line, "utf-8"):
            utf8_lines += 1
        else:
            other_lines += 1
            undefined += not _decodes(line, "cp1252")
    file.seek(0)
    if utf8_lines >= other_lines:
        return "utf-8"
    if undefined * 10 >= other_lines:
        raise BadFile(
            "The characters of this file are in none of UTF-8, UTF-16 and Windows-1252."
            " Save it as “CSV UTF-8” in your spreadsheet."
        )
    return "cp1252"


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
