"""The numbers that a CRM page shows of a person, of which one is texted; and, for an erasure to
find, those that it showed before."""

from collections.abc import Iterable

from backend.phone import display
from backend.store.rows import all_rows, places
from backend.store.writer import Transaction
from shared.wire import Person, PersonNumber


def add(tx: Transaction, team: int, person: int, numbers: list[tuple[str, str]]) -> None:
    """The numbers, each (E.164, label), of somebody who has none yet."""
    rows = ", ".join(["(?, ?, ?, ?, false)"] * len(numbers))
    tx.execute(
        f"INSERT INTO person_number (team_id, person_id, e164, label, former) VALUES {rows}",
        tuple(value for number in numbers for value in (team, person, *number)),
    )


def keep(tx: Transaction, team: int, person: int, numbers: list[tuple[str, str]]) -> bool:
    """The person's numbers, each (E.164, label), are these and no others; False when they were."""
    held = _of(team, [person]).get(person, [])
    if [(each.e164, each.label) for each in held] == numbers:
        return False
    tx.execute(
        "UPDATE person_number SET former = true, label = '' WHERE team_id = ? AND person_id = ?",
        (team, person),
    )
    for e164, label in numbers:
        # Their order is that of the ids, so each gets a new one.
        tx.execute(
            "DELETE FROM person_number WHERE team_id = ? AND person_id = ? AND e164 = ?",
            (team, person, e164),
        )
        add(tx, team, person, [(e164, label)])
    return True


def keep_former(tx: Transaction, team: int, person: int, mobiles: Iterable[str]) -> None:
    """The person had these mobiles until now; where their page still shows one, that stands."""
    for mobile in mobiles:
        tx.execute(
            "INSERT INTO person_number (team_id, person_id, e164, label, former)"
            " VALUES (?, ?, ?, '', true) ON CONFLICT (team_id, person_id, e164) DO NOTHING",
            (team, person, mobile),
        )


def ever_of(team: int, person: int) -> set[str]:
    """Every mobile by which something may be kept of the person: theirs now and before, and those
    that were texted, as long as the texts are kept."""
    rows = all_rows(
        "SELECT mobile FROM person WHERE team_id = ? AND id = ?"
        " UNION SELECT e164 FROM person_number WHERE team_id = ? AND person_id = ?"
        " UNION SELECT message.mobile FROM message JOIN conversation"
        " ON conversation.id = message.conversation_id"
        " WHERE conversation.team_id = ? AND conversation.person_id = ?",
        (team, person) * 3,
    )
    return {mobile for (mobile,) in rows}


def of(team: int, person: int) -> set[str]:
    """The person's numbers, as their page or record shows them."""
    return {each.e164 for each in _of(team, [person]).get(person, [])}


def fill(team: int, people: Iterable[Person]) -> None:
    """Give each of these people their numbers, in one query for all."""
    wanted = {person.id: person for person in people}
    for person, numbers in _of(team, list(wanted)).items():
        wanted[person].numbers = numbers


def _of(team: int, people: list[int]) -> dict[int, list[PersonNumber]]:
    if not people:
        return {}
    marks = places(people)
    found: dict[int, list[PersonNumber]] = {}
    for person, e164, label in all_rows(
        "SELECT person_id, e164, label FROM person_number WHERE team_id = ?"
        f" AND person_id IN ({marks}) AND NOT former ORDER BY id",
        (team, *people),
    ):
        number = PersonNumber(e164=e164, display=display(e164), label=label)
        found.setdefault(person, []).append(number)
    return found
