"""REST bodies of people."""

from msgspec import Struct

from shared.wire.nouns import Person


class PersonResults(Struct, kw_only=True):
    people: list[Person]
