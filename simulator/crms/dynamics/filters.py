"""``$filter``: comparisons, and, or, not, contains, startswith, endswith and In.

Texts are compared without regard to case, as Dataverse does.
"""

import re
from collections.abc import Callable
from typing import Any

from simulator.crms.dynamics.errors import bad_query
from simulator.crms.dynamics.reference import BY_NAME
from simulator.crms.dynamics.schema import Table
from simulator.crms.store import Books, Fields
from simulator.crms.times import moment

Test = Callable[[Fields], bool]
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    r"|(?P<guid>[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})"
    r"|(?P<date>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_][\w./]*)"
    r"|(?P<mark>[()\[\],=]))"
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda a, b: b in a,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
_IN = "Microsoft.Dynamics.CRM.In"
_DEEPEST = 20


def parse(books: Books, table: Table, text: str) -> Test:
    """A test of rows; DataverseError for what is no filter, or asks for what there is not."""
    reader = _Reader(books, table, text)
    test = reader.either(0)
    if reader.kind:
        raise reader.wrong()
    return test


class _Reader:
    """A token at a time: ``kind`` and ``word`` are the present one's, empty at the end."""

    def __init__(self, books: Books, table: Table, text: str) -> None:
        self.books, self.table, self.text, self.at = books, table, text, 0
        self.kind = self.word = ""
        self.step()

    def step(self) -> str:
        """Go on to the next token -> the word that was there."""
        word, rest = self.word, self.text[self.at :]
        match = _TOKEN.match(rest)
        if rest.strip() and not match:
            raise self.wrong()
        self.kind = (match.lastgroup or "") if match and rest.strip() else ""
        self.word = match[self.kind] if match and self.kind else ""
        self.at += match.end() if match and self.kind else len(rest)
        return word

    def wrong(self) -> Exception:
        return bad_query(f"Syntax error at position {self.at} in '{self.text[:500]}'.")

    def expect(self, mark: str) -> None:
        if self.word != mark:
            raise self.wrong()
        self.step()

    def either(self, depth: int) -> Test:
        tests = [self.both(depth)]
        while self.word == "or":
            self.step()
            tests.append(self.both(depth))
        return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)

    def both(self, depth: int) -> Test:
        tests = [self.one(depth)]
        while self.word == "and":
            self.step()
            tests.append(self.one(depth))
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def one(self, depth: int) -> Test:
        if depth > _DEEPEST:
            raise bad_query("The filter is nested too deep.")
        if self.word == "not":
            self.step()
            test = self.one(depth + 1)
            return lambda row: not test(row)
        if self.word == "(":
            self.step()
            test = self.either(depth + 1)
            self.expect(")")
            return test
        if self.word == _IN:
            return self.among()
        if self.word in _TEXTS:
            return self.text_test()
        return self.comparison()

    def comparison(self) -> Test:
        read = self.path()
        compare = _COMPARE.get(self.step())
        if not compare:
            raise self.wrong()
        wanted = self.literal()
        equal = compare in (_COMPARE["eq"], _COMPARE["ne"])

        def test(row: Fields) -> bool:
            value = _folded(read(row))
            # Nothing is neither more nor less than anything.
            if not equal and (value is None or type(value) is not type(wanted)):
                return False
            return compare(value, wanted)

        return test

    def text_test(self) -> Test:
        passes = _TEXTS[self.step()]
        self.expect("(")
        read = self.path()
        self.expect(",")
        wanted = self.literal()
        self.expect(")")
        return lambda row: passes(str(_folded(read(row)) or ""), str(wanted))

    def among(self) -> Test:
        """``In(PropertyName='x',PropertyValues=['a','b'])``"""
        self.step()
        for expected in ("(", "PropertyName", "="):
            self.expect(expected)
        read = self.reader(str(self.literal()))
        for expected in (",", "PropertyValues", "=", "["):
            self.expect(expected)
        wanted = {str(self.literal())}
        while self.word == ",":
            self.step()
            wanted.add(str(self.literal()))
        for expected in ("]", ")"):
            self.expect(expected)
        return lambda row: str(_folded(read(row))) in wanted

    def path(self) -> Callable[[Fields], Any]:
        if self.kind != "name":
            raise self.wrong()
        return self.reader(self.step())

    def reader(self, name: str) -> Callable[[Fields], Any]:
        """How a column, also one behind a navigation property, is read from a row."""
        way, _, rest = name.partition("/")
        if not rest:
            check_column(self.table, name)
            return lambda row: row.get(name)
        found = self.table.way(way)
        if not found:
            raise no_such_property(self.table, way)
        lookup, target = found
        check_column(BY_NAME[target], rest)

        def read(row: Fields) -> Any:
            id = row.get(lookup.kept_as)
            right = lookup.target(row) == target
            return self.books.of(target).get(str(id), {}).get(rest) if id and right else None

        return read

    def literal(self) -> Any:
        kind, word = self.kind, self.word
        self.step()
        if kind == "text":
            return _folded(word[1:-1].replace("''", "'"))
        if kind == "number":
            return float(word)
        if kind == "date":
            return _folded(word)
        if kind == "guid":
            return word.lower()
        if word in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[word]
        raise self.wrong()


def check_column(table: Table, name: str) -> None:
    """DataverseError for a column that there is not."""
    if not table.column(name) and not table.lookup(name):
        raise no_such_property(table, name)


def no_such_property(table: Table, name: str) -> Exception:
    told = f"Could not find a property named '{name}' on type "
    return bad_query(f"{told}'Microsoft.Dynamics.CRM.{table.name}'.")


def _folded(value: Any) -> Any:
    """A value in the form in which values are compared: times as times, numbers as one kind."""
    if isinstance(value, str):
        dated = re.match(r"\d{4}-\d\d-\d\d(T|$)", value)
        return (moment(value) if dated else None) or value.casefold()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return value
