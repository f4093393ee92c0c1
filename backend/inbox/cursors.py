"""Cursors of pages that go from the latest to the oldest: a time and an id."""


class BadCursor(ValueError):
    """A cursor that we did not make."""


def write(at: int, id: int) -> str:
    """The cursor of the page behind this row."""
    return f"{at}-{id}"


def read(text: str) -> tuple[int, int] | None:
    """(ms, id) of the last row held, None for the first page; raises :class:`BadCursor`."""
    if not text:
        return None
    at, _, row = text.partition("-")
    # Sixteen digits are a time or an id; more would not fit into the database.
    if not all(each.isdecimal() and each.isascii() and len(each) <= 16 for each in (at, row)):
        raise BadCursor(text)
    return int(at), int(row)
