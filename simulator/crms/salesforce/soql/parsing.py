"""Reading a query. What is not understood is refused in Salesforce's words, never passed over."""

import re
from typing import Literal

from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.soql.parts import (
    Comparison,
    Condition,
    Joined,
    Literally,
    Not,
    Operator,
    Order,
    Path,
    Query,
)

MAX_LENGTH = 100_000
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<string>'(?:[^'\\]|\\.)*')
    |(?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))
    |(?P<date>\d{4}-\d\d-\d\d)
    |(?P<number>[+-]?\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?::\d+)?)
    |(?P<sign><=|>=|!=|<>|[=<>(),])
    )""",
    re.VERBOSE,
)
_DAYS = re.compile(r"(TODAY|YESTERDAY|TOMORROW|(LAST|NEXT)_N_DAYS:\d{1,5})", re.IGNORECASE)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "'": "'", '"': '"', "\\": "\\"}
_NESTED = 20


def parse(text: str) -> Query:
    """The query; SalesforceError MALFORMED_QUERY when it is none."""
    if len(text) > MAX_LENGTH:
        raise _malformed("SOQL statement exceeds the maximum length")
    parser = _Parser(text)
    query = parser.query()
    parser.end()
    return query


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        self.next = 0
        self.depth = 0
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if not match or not match.lastgroup:
                raise _malformed(f"unexpected token: '{text[at:].strip()[:20]}'")
            kind = match.lastgroup
            self.tokens.append((kind, match[kind], match.start(kind) + 1))
            at = match.end()

    def query(self) -> Query:
        self._need("SELECT")
        fields = [self._path()]
        while self._took(","):
            fields.append(self._path())
        self._need("FROM")
        object = self._name()
        where = self._condition() if self._took("WHERE") else None
        order: list[Order] = []
        if self._took("ORDER"):
            self._need("BY")
            order.append(self._order())
            while self._took(","):
                order.append(self._order())
        limit = self._whole() if self._took("LIMIT") else None
        offset = self._whole() if self._took("OFFSET") else 0
        return Query(self.text, tuple(fields), object, where, tuple(order), limit, offset)

    def end(self) -> None:
        if self.next < len(self.tokens):
            raise self._unexpected()

    def _condition(self) -> Condition:
        self.depth += 1
        if self.depth > _NESTED:
            raise _malformed("too many nested conditions")
        parts = [self._single()]
        word: Literal["and", "or"] | None = None
        # AND and OR side by side need parentheses: Salesforce refuses to guess.
        while self._sees("AND") or self._sees("OR"):
            here: Literal["and", "or"] = "and" if self._sees("AND") else "or"
            if word not in (None, here):
                raise self._unexpected()
            word = here
            self.next += 1
            parts.append(self._single())
        self.depth -= 1
        return Joined(word, tuple(parts)) if word else parts[0]

    def _single(self) -> Condition:
        if self._took("NOT"):
            return Not(self._single())
        if self._took("("):
            condition = self._condition()
            self._need(")")
            return condition
        path = self._path()
        if self._took("NOT"):
            self._need("IN")
            return Comparison(path, "NOT IN", self._values())
        if self._took("IN"):
            return Comparison(path, "IN", self._values())
        if self._took("LIKE"):
            return Comparison(path, "LIKE", self._literal(wildcards=True))
        return Comparison(path, self._sign(), self._literal())

    def _values(self) -> tuple[Literally, ...] | Query:
        self._need("(")
        if self._sees("SELECT"):
            query = self.query()
            self._need(")")
            return query
        values = [self._literal()]
        while self._took(","):
            values.append(self._literal())
        self._need(")")
        return tuple(values)

    def _literal(self, wildcards: bool = False) -> Literally:
        kind, text, _ = self._take()
        if kind == "string":
            return Literally("string", _unescaped(text[1:-1], wildcards))
        if kind == "number":
            return Literally("number", text)
        if kind == "date":
            return Literally("date", text)
        if kind == "datetime":
            return Literally("datetime", text)
        if kind == "name" and text.lower() in ("true", "false"):
            return Literally("boolean", text.lower())
        if kind == "name" and text.lower() == "null":
            return Literally("null", "")
        if kind == "name" and _DAYS.fullmatch(text):
            return Literally("day", text.upper())
        self.next -= 1
        raise self._unexpected()

    def _order(self) -> Order:
        path = self._path()
        descending = not self._took("ASC") and self._took("DESC")
        last = False
        if self._took("NULLS"):
            last = self._took("LAST")
            if not last:
                self._need("FIRST")
        return Order(path, descending, last)

    def _path(self) -> Path:
        kind, text, at = self._take()
        if kind != "name" or ":" in text:
            self.next -= 1
            raise self._unexpected()
        return Path(tuple(text.split(".")), at)

    def _name(self) -> str:
        path = self._path()
        if len(path.names) > 1:
            raise _malformed(f"unexpected token: '{path}'")
        return path.names[0]

    def _whole(self) -> int:
        kind, text, _ = self._take()
        if kind != "number" or not text.isdigit() or len(text) > 9:
            self.next -= 1
            raise self._unexpected()
        return int(text)

    def _sign(self) -> Operator:
        _, text, _ = self._take()
        signs: dict[str, Operator] = {
            "=": "=",
            "!=": "!=",
            "<>": "!=",
            "<": "<",
            "<=": "<=",
            ">": ">",
            ">=": ">=",
        }
        if text not in signs:
            self.next -= 1
            raise self._unexpected()
        return signs[text]

    def _sees(self, word: str) -> bool:
        if self.next >= len(self.tokens):
            return False
        kind, text, _ = self.tokens[self.next]
        return kind in ("name", "sign") and text.upper() == word

    def _took(self, word: str) -> bool:
        seen = self._sees(word)
        self.next += seen
        return seen

    def _need(self, word: str) -> None:
        if not self._took(word):
            raise self._unexpected()

    def _take(self) -> tuple[str, str, int]:
        if self.next >= len(self.tokens):
            raise self._unexpected()
        self.next += 1
        return self.tokens[self.next - 1]

    def _unexpected(self) -> SalesforceError:
        if self.next >= len(self.tokens):
            return _malformed("unexpected token: '<EOF>'")
        return _malformed(f"unexpected token: '{self.tokens[self.next][1]}'")


def _unescaped(text: str, wildcards: bool) -> str:
    """The string's characters. For LIKE, ``\\%`` and ``\\_`` keep their backslash."""

    def one(match: re.Match[str]) -> str:
        letter = match[1]
        if letter in _ESCAPES:
            # In a pattern a backslash escapes, so one that is meant stays escaped.
            return "\\\\" if wildcards and letter == "\\" else _ESCAPES[letter]
        if wildcards and letter in "%_":
            return match[0]
        raise _malformed(
            f"Invalid string literal '{text}'. Illegal character sequence "
            f"'{match[0]}' in string literal."
        )

    return re.sub(r"\\(.)", one, text, flags=re.DOTALL)


def _malformed(message: str) -> SalesforceError:
    return SalesforceError("MALFORMED_QUERY", message)
