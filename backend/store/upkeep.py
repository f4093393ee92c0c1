"""What a database wants now and then, apart from any table."""

from backend.models import database
from backend.store.writer import Transaction


def optimize(_tx: Transaction) -> None:
    """Have the planner count again where it would plan better."""
    database.optimize()


def count_people() -> None:
    """Have the planner know of people that came all at once."""
    database.count("person", "person_number")


def skip_ids(_tx: Transaction, count: int) -> None:
    """Have the next row of each table take an id that is so much further."""
    database.skip_ids(count)


def empty_log() -> bool:
    """Have what was deleted leave the database's log too; False where that has to wait."""
    return database.empty_log()
