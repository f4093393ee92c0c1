"""A row of a file becomes a person as a CRM's page would tell of them, or says what is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from backend.compliance import simulation
from backend.compliance.csv_cells import FORMAT_AS_TEXT, SHORTENED, Record, plain
from backend.crm_pages.records import Records
from backend.importing import references
from backend.importing.columns import MOST_NUMBERS
from backend.importing.decoding import LOST
from backend.importing.reading import LONGEST_KEPT
from backend.importing.references import BadReference, Reference
from backend.names import has_controls, is_blank
from backend.phone import PhoneError, check_textable, parse, split_extension
from backend.zones import stated
from shared.wire import PersonOnPage

LONGEST = {
    **dict.fromkeys(("name", "first_name", "last_name", "title", "account"), 200),
    **dict.fromkeys(("mobile", "number"), 64),
    **dict.fromkeys(("profile_url", "account_url"), 2000),
    "extension": 20,
    "crm_ref": 2000,
    "hubspot_id": 200,
    "time_zone": 200,
    "region": 40,
    "email": 254,
}
"""Characters of a field."""
_LONGEST_LABEL = 80
# A cell that a spreadsheet shall not take for a number: ="4045550187"
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


class Bad(NamedTuple):
    """A row that is not loaded: its line, the names of its columns that are wrong (none for the
    whole line), what to do, and its cells, of which long ones are cut."""

    line: int
    columns: str
    text: str
    cells: list[str]


@dataclass(frozen=True)
class Row:
    """A person. ``mobile`` and the other numbers, with their labels, in E.164."""

    line: int
    page: PersonOnPage
    mobile: str
    numbers: list[tuple[str, str]]
    cells: list[str]


@dataclass
class _Reading:
    """A row while it is read. ``errors``: what is wrong with it, by the column's name."""

    records: Records
    cells: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    """(name of the column, number, extension) as they are written."""
    errors: dict[str, str] = field(default_factory=dict)

    def wrong(self, what: str, text: str) -> str:
        """Note what is wrong with a field; nothing is taken from it."""
        self.errors.setdefault(self.names.get(what, ""), text)
        return ""


def read(
    record: Record, text: str, columns: list[str], mapping: list[str], records: Records
) -> Row | Bad | None:
    """The person of a record, read from ``text``, by the fields that the columns are. ``records``
    tells CRMs by their addresses. None for a row in which nothing stands."""
    if record.cells is None:
        return Bad(record.line, "", record.why, [text])
    cells = [each.strip() for each in record.cells]
    if not any(cells):
        return None
    kept = [each[:LONGEST_KEPT] for each in cells[: len(columns)]]
    if any(cells[len(columns) :]):
        what = "There are more cells than columns: put text that has a comma into quotation marks."
        return Bad(record.line, "", what, kept)
    reading = _Reading(records)
    _fields(reading, cells, columns, mapping)
    page, mobile = _person(reading)
    numbers = _numbers(reading, mobile)
    if reading.errors:
        said = dict.fromkeys(reading.errors.values())
        return Bad(record.line, ", ".join(reading.errors)[:200], " ".join(said)[:600], kept)
    return Row(record.line, page, mobile, numbers, kept)


def _fields(found: _Reading, cells: list[str], columns: list[str], mapping: list[str]) -> None:
    for what, name, cell in zip(mapping, columns, cells, strict=False):
        if not what:
            continue
        found.names.setdefault(what, name)
        as_text = _AS_TEXT.fullmatch(cell)
        value = plain(as_text[1] if as_text else cell)
        if fault := _fault(value, LONGEST[what]):
            found.errors[name] = fault
        elif what == "number":
            found.numbers.append((name, value, ""))
        elif what == "extension" and found.numbers:
            found.numbers[-1] = (*found.numbers[-1][:2], value)
        else:
            found.cells[what] = " ".join(value.split())


def _fault(value: str, longest: int) -> str:
    if LOST in value:
        return "Characters in it cannot be read: save the file as “CSV UTF-8” and import it again."
    if has_controls(value, allowed="\n\t"):
        return "There are control characters in it: remove them."
    if len(value) > longest:
        return f"It has {len(value):,} characters: shorten it to {longest:,}."
    return ""


def _person(reading: _Reading) -> tuple[PersonOnPage, str]:
    cells = reading.cells
    mobile = _mobile(reading)
    reference = _reference(reading)
    names = (cells.get("first_name", ""), cells.get("last_name", ""))
    name = cells.get("name", "") or " ".join(filter(None, names))
    if is_blank(name):
        name = reading.wrong(_name_field(reading), "There is no name: write one.")
    elif len(name) > LONGEST["name"]:
        name = reading.wrong("last_name", f"The name has {len(name)} characters: shorten it.")
    zone = cells.get("time_zone", "")
    if zone and not stated(zone):
        reading.wrong("time_zone", "Not a time zone that we know: write it as America/New_York.")
    page = PersonOnPage(
        mobile=mobile,
        name=name,
        title=cells.get("title", ""),
        account=cells.get("account", ""),
        profile_url=_address(reading, "profile_url"),
        account_url=_address(reading, "account_url"),
        crm=reference.crm,
        crm_ref=reference.ref,
        time_zone=stated(zone),
        region=cells.get("region", ""),
        email=cells.get("email", ""),
    )
    return page, mobile


def _name_field(reading: _Reading) -> str:
    return next(n for n in ("name", "last_name", "first_name") if n in reading.names)


def _mobile(reading: _Reading) -> str:
    written = reading.cells.get("mobile", "")
    if "mobile" not in reading.cells:
        return ""  # already wrong
    if SHORTENED.fullmatch(written):
        return reading.wrong("mobile", FORMAT_AS_TEXT)
    # Where there is no other number, an extension can only be the mobile's.
    if reading.cells.get("extension"):
        return reading.wrong("extension", "A mobile has no extension: give a number without one.")
    try:
        e164 = parse(written).e164
        return check_textable(e164, fictitious=simulation.fictitious()).e164
    except PhoneError as error:
        advice = {"no_mobile": " Write it as (404) 555-0187.", "extension": " Give a mobile."}
        return reading.wrong("mobile", f"{error}{advice.get(error.reason, '')}")


def _numbers(reading: _Reading, mobile: str) -> list[tuple[str, str]]:
    """The other numbers, (E.164, label), the mobile first among them; none where there are none."""
    found: dict[str, str] = {}
    for name, written, extension in reading.numbers[:MOST_NUMBERS]:
        if not written:
            continue
        if SHORTENED.fullmatch(written):
            reading.errors[name] = FORMAT_AS_TEXT
            continue
        number, behind = split_extension(written)
        try:
            e164 = parse(number).e164
        except PhoneError as error:
            reading.errors[name] = f"{error} Write it as (404) 555-0187, or leave it empty."
            continue
        extension = extension or behind
        label = f"{name}, ext. {extension}" if extension else name
        found.setdefault(e164, label[:_LONGEST_LABEL])
    found.pop(mobile, None)
    return [(mobile, "Mobile"), *found.items()] if found else []


def _reference(reading: _Reading) -> Reference:
    """The record that the row is in its CRM, by whichever field tells."""
    cells, records, none = reading.cells, reading.records, Reference("", "")
    given: dict[str, Reference] = {}
    ways: dict[str, Callable[[str], Reference]] = {
        "crm_ref": partial(references.of_text, records),
        "hubspot_id": references.of_hubspot,
    }
    for what, of in ways.items():
        if cells.get(what):
            try:
                given[what] = of(cells[what])
            except BadReference as error:
                reading.wrong(what, str(error))
    at_address = references.of_address(records, cells.get("profile_url", ""))
    if at_address is not None:
        given["profile_url"] = at_address
    if len(set(given.values())) > 1:
        reading.wrong(next(iter(given)), "The reference and the address name different records.")
    return next(iter(given.values()), none)


def _address(reading: _Reading, what: str) -> str:
    url = reading.cells.get(what, "")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    return url if good else reading.wrong(what, "Not an address: it begins with https://.")
