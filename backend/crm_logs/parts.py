"""What the CRM is given in one call: entries, and the rows that each is of."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend import crm_refs
from backend.connections.opportunities import belongs_to
from backend.crm_logs import entries
from backend.crm_logs.entries import Who
from backend.crm_port import CRMS, Entry
from backend.store import crm_logs, crm_people, people, settings
from backend.store.crm_connections import Connection
from backend.store.crm_logs import Log
from backend.store.crm_told import Told

GONE = "The person's record in {} is deleted or was never there. Link another, then try again."
ELSEWHERE = "The person is not linked to {}."


@dataclass(frozen=True)
class Part:
    """``leaving`` are rows of people who are not in the CRM, and whose activity there was somebody
    else's; ``refused`` those that cannot be given to it, and why."""

    entries: list[Entry] = field(default_factory=list)
    rows: list[list[Log]] = field(default_factory=list)
    refused: list[tuple[Log, str]] = field(default_factory=list)
    leaving: list[Log] = field(default_factory=list)

    def add(self, entry: Entry, rows: list[Log]) -> None:
        self.entries.append(entry)
        self.rows.append(rows)


def of(connection: Connection, due: Sequence[tuple[Log, Told]]) -> Part:
    """The part for what is due; of a day all that belongs to it, once."""
    part, zone = Part(), settings.of_team(connection.team).time_zone
    known = {row.person: _who(connection, row.person) for row, _ in due}
    seen: set[int] = set()
    for row, told in due:
        who = known[row.person]
        if row.id in seen:
            continue
        if isinstance(who, str):
            part.refused.append((row, who))
        elif who is None and row.stale_id:
            part.leaving.append(row)
        elif who is None:
            part.refused.append((row, ELSEWHERE.format(CRMS[row.crm])))
        elif entries.in_a_day(connection, row, told):
            day = _day(connection, row, told, zone)
            seen.update(each.id for each, _ in day)
            part.add(entries.digest(connection, day, who, zone), [each for each, _ in day])
        else:
            part.add(entries.entry(connection, row, told, who, zone), [row])
    return part


def _who(connection: Connection, person: int) -> Who | str | None:
    """The person in the CRM; None for somebody who is not, else why they are there no more."""
    read = crm_people.get(connection.team, person)
    if read.gone:
        return GONE.format(CRMS[connection.crm])
    found = people.get(connection.team, person)
    who = crm_refs.person_in(connection.crm, found.crm_ref) if found else None
    return Who(*who, belongs_to(read)) if who else None


def _day(connection: Connection, row: Log, told: Told, zone: str) -> list[tuple[Log, Told]]:
    since, until = entries.day_of(told.at, zone)
    day = crm_logs.of_day(row.team, row.person, row.crm, since, until)
    return [each for each in entries.all_of(row.team, day) if entries.in_a_day(connection, *each)]
