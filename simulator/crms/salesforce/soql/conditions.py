"""Whether a record meets a condition."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from simulator.crms.salesforce import ids
from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.schema import Field
from simulator.crms.salesforce.soql.parts import Literally, Operator

Test = Callable[[Any], bool]
"""Takes what a record says in a field."""
_KINDS = {
    "boolean": {"boolean"},
    "int": {"number"},
    "currency": {"number"},
    "date": {"date", "day"},
    "datetime": {"datetime", "day"},
}


def among(field: Field, values: tuple[Literally, ...]) -> Test:
    """One of the values is met."""
    tests = [compare(field, "=", value, None) for value in values]
    return lambda said: any(test(said) for test in tests)


def among_ids(wanted: set[str]) -> Test:
    return lambda said: said in wanted


def compare(field: Field, operator: Operator, value: Literally, today: date | None) -> Test:
    """SalesforceError when the field cannot be compared so. ``today`` is for relative days."""
    if not field.filterable:
        message = f"field '{field.name}' can not be filtered in a query call"
        raise SalesforceError("INVALID_FIELD", message)
    if value.kind == "null":
        if operator not in ("=", "!="):
            raise _wrong_operator(field, operator)
        return lambda said: (said is None) == (operator == "=")
    _check_kind(field, value)
    if operator == "LIKE":
        if field.type in _KINDS or field.type in ("id", "reference"):
            raise _wrong_operator(field, operator)
        return _like(value.text)
    if field.type in ("id", "reference", "boolean") and operator not in ("=", "!="):
        raise _wrong_operator(field, operator)
    if value.kind == "day":
        return _within(field, operator, value.text, today or date.max)
    return _ordered(operator, _kept(field, value.text), lambda said: _kept(field, said))


def _check_kind(field: Field, value: Literally) -> None:
    wanted = _KINDS.get(field.type, {"string"})
    if value.kind not in wanted:
        quotes = "should be" if "string" in wanted else "should not be"
        raise SalesforceError(
            "INVALID_FIELD",
            f"value of filter criterion for field '{field.name}' must be of type {field.type} and "
            f"{quotes} enclosed in quotes",
        )


def _ordered(operator: Operator, wanted: Any, kept: Callable[[Any], Any]) -> Test:
    if operator == "!=":
        return lambda said: said is None or kept(said) != wanted
    tests: dict[str, Callable[[Any], bool]] = {
        "=": lambda one: one == wanted,
        "<": lambda one: one < wanted,
        "<=": lambda one: one <= wanted,
        ">": lambda one: one > wanted,
        ">=": lambda one: one >= wanted,
    }
    return lambda said: said is not None and tests[operator](kept(said))


def _kept(field: Field, said: Any) -> Any:
    """A value that can be compared: ids in their long form, texts whatever their case."""
    if field.type in ("id", "reference"):
        long = ids.long_form(said)
        if not long:
            message = f"invalid ID field: {said}"
            raise SalesforceError("INVALID_QUERY_FILTER_OPERATOR", message)
        return long
    if field.type == "boolean":
        return said in (True, "true")
    if field.type in ("int", "currency"):
        return float(said)
    if field.type in ("date", "datetime"):
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            raise SalesforceError("MALFORMED_QUERY", f"invalid date: {said}") from None
        return moment.astimezone(UTC) if moment.tzinfo else moment
    return str(said).casefold()


def _like(pattern: str) -> Test:
    """``%`` is any text and ``_`` any character, unless a backslash is before it."""
    parts = re.split(r"(\\.|[%_])", pattern, flags=re.DOTALL)
    wild = {"%": ".*", "_": "."}
    expression = "".join(
        wild.get(part) or re.escape(part[1:] if part.startswith("\\") else part) for part in parts
    )
    compiled = re.compile(expression, re.IGNORECASE | re.DOTALL)
    return lambda said: said is not None and compiled.fullmatch(said) is not None


def _within(field: Field, operator: Operator, word: str, today: date) -> Test:
    """Relative days are stretches: ``<`` is before the first, ``>`` after the last."""
    first, last = _stretch(word, today)

    def day(said: str) -> date:
        return _kept(field, said).date()

    tests: dict[str, Test] = {
        "=": lambda said: first <= day(said) <= last,
        "!=": lambda said: not first <= day(said) <= last,
        "<": lambda said: day(said) < first,
        "<=": lambda said: day(said) <= last,
        ">": lambda said: day(said) > last,
        ">=": lambda said: day(said) >= first,
    }
    return lambda said: said is not None and tests[operator](said)


def _stretch(word: str, today: date) -> tuple[date, date]:
    name, _, count = word.partition(":")
    days = timedelta(days=int(count or 1))
    match name:
        case "TODAY":
            return today, today
        case "YESTERDAY":
            return today - days, today - days
        case "TOMORROW":
            return today + days, today + days
        case "NEXT_N_DAYS":
            return today + timedelta(days=1), today + days
    return today - days, today


def _wrong_operator(field: Field, operator: Operator) -> SalesforceError:
    message = f"invalid operator on {field.type} field: {operator}"
    return SalesforceError("INVALID_QUERY_FILTER_OPERATOR", message)
