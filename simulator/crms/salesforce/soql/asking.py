"""Answering a query from the books."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.objects import find
from simulator.crms.salesforce.schema import Object
from simulator.crms.salesforce.soql import conditions
from simulator.crms.salesforce.soql.fields import Row, Way, follow, resolve, say
from simulator.crms.salesforce.soql.parts import Comparison, Condition, Joined, Not, Order, Query
from simulator.crms.store import Books

Meets = Callable[[Row], bool]


class Asked:
    """``books`` must be held for as long as this is used. ``deleted``: what is in the bin counts
    too. ``root`` is how addresses of records begin: ``/services/data/v59.0``."""

    def __init__(
        self, books: Books, switches: Collection[str], today: date, root: str, deleted: bool
    ) -> None:
        self.books, self.switches, self.today = books, switches, today
        self.root, self.deleted = root, deleted

    def records(self, query: Query) -> list[dict[str, Any]]:
        """What the query asks for, as it goes into the answer."""
        object = self._object(query)
        ways = [self._way(object, query, path) for path in query.fields]
        return [self._written(row, ways) for row in self._rows(object, query)]

    def _rows(self, object: Object, query: Query) -> list[Row]:
        rows = [Row(object, id, f) for id, f in self.books.of(object.name).items()]
        if self.deleted:
            gone = self.books.deleted.get(object.name, {})
            rows += [Row(object, id, f, gone=True) for id, f in gone.items()]
        if query.where:
            meets = self._meets(object, query, query.where)
            rows = [row for row in rows if meets(row)]
        for order in reversed(query.order):
            rows = self._sorted(object, query, order, rows)
        end = None if query.limit is None else query.offset + query.limit
        return rows[query.offset : end]

    def _meets(self, object: Object, query: Query, condition: Condition) -> Meets:
        if isinstance(condition, Not):
            inner = self._meets(object, query, condition.condition)
            return lambda row: not inner(row)
        if isinstance(condition, Joined):
            all_of = [self._meets(object, query, each) for each in condition.conditions]
            if condition.word == "and":
                return lambda row: all(each(row) for each in all_of)
            return lambda row: any(each(row) for each in all_of)
        return self._compared(object, query, condition)

    def _compared(self, object: Object, query: Query, asked: Comparison) -> Meets:
        way = self._way(object, query, asked.path)
        test: conditions.Test
        if isinstance(asked.value, Query):
            test = conditions.among_ids(self._ids(way, asked.value))
        elif isinstance(asked.value, tuple):
            test = conditions.among(way.field, asked.value)
        else:
            test = conditions.compare(way.field, asked.operator, asked.value, self.today)
        wanted = asked.operator != "NOT IN"
        return lambda row: test(say(self.books, row, way)) == wanted

    def _ids(self, way: Way, query: Query) -> set[str]:
        """What the inner query finds: one field, that holds ids like the outer one."""
        object = self._object(query)
        ways = [self._way(object, query, path) for path in query.fields]
        id_like = ("id", "reference")
        if len(ways) != 1 or way.field.type not in id_like or ways[0].field.type not in id_like:
            raise SalesforceError(
                "MALFORMED_QUERY", "semi join sub-selects can only query one field of ids"
            )
        return {say(self.books, row, ways[0]) for row in self._rows(object, query)} - {None}

    def _sorted(self, object: Object, query: Query, order: Order, rows: list[Row]) -> list[Row]:
        way = self._way(object, query, order.path)

        def key(row: Row) -> Any:
            said = say(self.books, row, way)
            return said.casefold() if isinstance(said, str) else said

        there = [row for row in rows if key(row) is not None]
        there.sort(key=key, reverse=order.descending)
        nulls = [row for row in rows if key(row) is None]
        return there + nulls if order.nulls_last else nulls + there

    def _object(self, query: Query) -> Object:
        object = find(query.object, self.switches)
        if not object:
            raise SalesforceError(
                "INVALID_TYPE",
                f"sObject type '{query.object}' is not supported. If you are attempting to use a "
                "custom object, be sure to append the '__c' after the entity name. Please "
                "reference your WSDL or the describe call for the appropriate names.",
            )
        return object

    def _way(self, object: Object, query: Query, path: Any) -> Way:
        return resolve(object, path, self.switches, query.text)

    def _written(self, row: Row, ways: list[Way]) -> dict[str, Any]:
        record = self._attributes(row)
        for way in ways:
            here = record
            for step, reference in enumerate(way.references):
                last = follow(self.books, row, way.references[: step + 1])
                if not last:
                    here[reference.relationship] = None
                    break
                here = here.setdefault(reference.relationship, self._attributes(last))
            else:
                here[way.field.name] = say(self.books, row, way)
        return record

    def _attributes(self, row: Row) -> dict[str, Any]:
        url = f"{self.root}/sobjects/{row.object.name}/{row.id}"
        return {"attributes": {"type": row.object.name, "url": url}}
