"""What the CRM's record of a person last said, beside what is kept with the person."""

from typing import NamedTuple

import msgspec

from backend.crm_port import Opportunity
from backend.store.rows import all_rows, one_row
from backend.store.writer import Transaction

NONE = "none"
"""A rep said that the person's texts belong to no opportunity."""


class Read(NamedTuple):
    """``read_at`` in ms, 0 for never; ``chosen`` an opportunity's id, :data:`NONE`, or empty."""

    read_at: int = 0
    owner_email: str = ""
    do_not_text: bool | None = None
    opportunities: tuple[Opportunity, ...] = ()
    chosen: str = ""
    gone: bool = False

    @property
    def rules(self) -> bool:
        """Whether the record says who the person is, against what a page shows."""
        return self.read_at > 0 and not self.gone


class Linked(NamedTuple):
    """A person with a reference to a CRM's record."""

    person: int
    mobile: str
    ref: str
    do_not_text: bool | None


def get(team: int, person: int) -> Read:
    row = one_row(
        "SELECT read_at, owner_email, do_not_text, opportunities, chosen, gone FROM crm_person"
        " WHERE team_id = ? AND person_id = ?",
        (team, person),
    )
    if row is None:
        return Read()
    return Read(
        read_at=row[0],
        owner_email=row[1],
        do_not_text=None if row[2] is None else bool(row[2]),
        opportunities=msgspec.json.decode(row[3], type=tuple[Opportunity, ...]),
        chosen=row[4],
        gone=bool(row[5]),
    )


def put(tx: Transaction, team: int, person: int, read: Read) -> None:
    tx.execute(
        "INSERT INTO crm_person (team_id, person_id, read_at, owner_email, do_not_text,"
        " opportunities, chosen, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET read_at = excluded.read_at,"
        " owner_email = excluded.owner_email, do_not_text = excluded.do_not_text,"
        " opportunities = excluded.opportunities, chosen = excluded.chosen, gone = excluded.gone",
        (
            *(team, person, read.read_at, read.owner_email[:254], read.do_not_text),
            *(msgspec.json.encode(read.opportunities).decode(), read.chosen, read.gone),
        ),
    )


def set_flag(tx: Transaction, team: int, person: int, on: bool) -> None:
    """The CRM's do-not-text is ``on`` now, as we wrote it or heard."""
    tx.execute(
        "INSERT INTO crm_person (team_id, person_id, do_not_text) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET do_not_text = excluded.do_not_text",
        (team, person, on),
    )


def flagged(team: int, mobile: str, besides: int) -> bool:
    """Whether the record of anybody else with this mobile says do-not-text."""
    row = one_row(
        "SELECT 1 FROM person JOIN crm_person ON crm_person.person_id = person.id"
        " WHERE person.team_id = ? AND person.mobile = ? AND person.id <> ?"
        " AND crm_person.do_not_text AND NOT crm_person.gone LIMIT 1",
        (team, mobile, besides),
    )
    return row is not None


def forget(tx: Transaction, team: int, person: int) -> None:
    tx.execute("DELETE FROM crm_person WHERE team_id = ? AND person_id = ?", (team, person))


def forget_all(tx: Transaction, team: int, crm: str) -> None:
    """What was read of the team's people was of another org."""
    tx.execute(
        "DELETE FROM crm_person WHERE team_id = ? AND person_id IN (SELECT id FROM person"
        " WHERE team_id = ? AND crm_ref >= ? AND crm_ref < ?)",
        (team, team, f"{crm}:", f"{crm};"),
    )


def linked(team: int, crm: str, after: int, limit: int) -> list[Linked]:
    """People with a record in the CRM, by id, those behind ``after``."""
    rows = all_rows(
        "SELECT person.id, person.mobile, person.crm_ref, crm_person.do_not_text FROM person"
        " LEFT JOIN crm_person ON crm_person.person_id = person.id"
        " WHERE person.team_id = ? AND person.id > ? AND person.crm_ref >= ? AND person.crm_ref < ?"
        " ORDER BY person.id LIMIT ?",
        (team, after, f"{crm}:", f"{crm};", limit),
    )
    return [
        Linked(person, mobile, ref, None if flag is None else bool(flag))
        for person, mobile, ref, flag in rows
    ]
