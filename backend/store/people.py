"""People: who is texted, found by number or by what the CRM page says of them."""

from dataclasses import dataclass
from typing import Any

from backend import crm_refs
from backend.crm_port import Record
from backend.phone import display
from backend.store import crm_logs, crm_people, person_numbers
from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction
from shared.wire import Match, Person, PersonOnPage

COLUMNS = (
    "person.id, person.name, person.mobile, person.title, person.account, person.profile_url,"
    " person.account_url, person.crm, person.crm_ref, person.time_zone, person.region"
)

_FROM_PAGE = "name, title, account, profile_url, account_url, crm, time_zone, region, email, mobile"


@dataclass(frozen=True)
class Matched:
    """The person that an inbound text was filed under, and why."""

    id: int
    match: Match


def from_row(row: tuple) -> Person:
    """The wire form of a row of :data:`COLUMNS`."""
    return Person(
        id=row[0],
        name=row[1],
        mobile=row[2],
        mobile_display=display(row[2]),
        title=row[3],
        account=row[4],
        profile_url=row[5],
        account_url=row[6],
        crm=row[7],
        crm_ref=row[8] or "",
        time_zone=row[9],
        region=row[10],
    )


def get(team: int, person: int) -> Person | None:
    row = one_row(
        f"SELECT {COLUMNS} FROM person WHERE team_id = ? AND id = ?",
        (team, person),
    )
    if row is None:
        return None
    found = from_row(row)
    person_numbers.fill(team, [found])
    return found


def email_of(team: int, person: int) -> str:
    """Empty where none is known."""
    row = one_row("SELECT email FROM person WHERE team_id = ? AND id = ?", (team, person))
    return row[0] if row else ""


def match_inbound(tx: Transaction, team: int, mobile: str) -> Matched:
    """Who sent a text from ``mobile``: contacted last with it, else created last, else someone new
    who has no name yet."""
    rows = tx.execute(
        "SELECT id, contacted_at FROM person WHERE team_id = ? AND mobile = ?"
        " ORDER BY contacted_at IS NULL, contacted_at DESC, created_at DESC, id DESC LIMIT 2",
        (team, mobile),
    ).fetchall()
    if not rows:
        (person,) = tx.execute(
            "INSERT INTO person (team_id, mobile, name, title, account, profile_url, account_url,"
            " crm, time_zone, created_at) VALUES (?, ?, '', '', '', '', '', '', '', ?)"
            " RETURNING id",
            (team, mobile, now()),
        ).fetchone()
        return Matched(person, "new")
    if len(rows) == 1:
        return Matched(rows[0][0], "only")
    return Matched(rows[0][0], "last_contacted" if rows[0][1] is not None else "last_created")


def with_mobile(team: int, mobile: str) -> list[int]:
    """Everybody whose chosen number this is."""
    rows = all_rows("SELECT id FROM person WHERE team_id = ? AND mobile = ?", (team, mobile))
    return [person for (person,) in rows]


def sharing(team: int, mobile: str, besides: int) -> list[str]:
    """Names of the other people with this mobile, at most five, contacted last first."""
    rows = all_rows(
        "SELECT name FROM person WHERE team_id = ? AND mobile = ? AND id <> ?"
        " ORDER BY contacted_at IS NULL, contacted_at DESC, id DESC LIMIT 5",
        (team, mobile, besides),
    )
    return [name for (name,) in rows]


def from_page(tx: Transaction, team: int, page: PersonOnPage, mobile: str) -> tuple[int, bool]:
    """The person on the CRM page, who is brought up to date or added: their id, and whether what
    was known of them has changed.

    Who it is, :func:`known` says.
    """
    return bring_up_to_date(tx, team, known(team, page, mobile), page, mobile)


def bring_up_to_date(
    tx: Transaction, team: int, person: int | None, page: PersonOnPage, mobile: str
) -> tuple[int, bool]:
    """Note what a page says of the person, who is new where there is None; as
    :func:`from_page`."""
    details = (
        *(page.name, page.title, page.account, page.profile_url, page.account_url),
        *(page.crm, page.time_zone, page.region, page.email, mobile),
    )
    reference = page.crm_ref or None
    if person is None:
        (person,) = tx.execute(
            f"INSERT INTO person ({_FROM_PAGE}, crm_ref, team_id, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (*details, reference, team, now()),
        ).fetchone()
        return person, False
    held = one_row(
        f"SELECT {_FROM_PAGE}, crm_ref FROM person WHERE team_id = ? AND id = ?", (team, person)
    )
    assert held is not None
    # A page that does not show a field says nothing of it: what was known stays. The CRM's own
    # record, once it was read, wins over a page, which may be stale or half edited.
    pairs = zip((*details, reference), held, strict=True)
    if crm_people.get(team, person).rules:
        merged = tuple(old or new for new, old in pairs)
        if mobile in person_numbers.of(team, person):
            merged = (*merged[:-2], mobile, merged[-1])  # one of theirs, which a rep chose
    else:
        merged = tuple(new or old for new, old in pairs)
    changed = _set(tx, team, person, held, merged)
    if reference and not held[-1]:
        crm_logs.link(tx, team, person, crm_refs.crm_of(reference))
    return person, changed


def from_record(
    tx: Transaction, team: int, person: int, record: Record, ref: str, mobile: str
) -> bool:
    """The CRM's own record says who the person is; False where that was known. ``mobile`` is the
    record's in E.164, or what was known where it has none."""
    held = one_row(
        f"SELECT {_FROM_PAGE}, crm_ref FROM person WHERE team_id = ? AND id = ?", (team, person)
    )
    assert held is not None
    said = (
        *(record.name, record.title, record.account, record.url, record.account_url, ""),
        *(record.time_zone, record.region, record.email, mobile),
    )
    merged = tuple(new or old for new, old in zip(said, held[:-1], strict=True))
    taken = one_row(
        "SELECT 1 FROM person WHERE team_id = ? AND crm_ref = ? AND id <> ?", (team, ref, person)
    )
    # Of two records that the CRM has merged, the other person here keeps the reference.
    return _set(tx, team, person, held, (*merged, held[-1] if taken else ref))


def _set(
    tx: Transaction, team: int, person: int, held: tuple[Any, ...], merged: tuple[Any, ...]
) -> bool:
    """Write :data:`_FROM_PAGE` and the reference; False where they were so."""
    if merged == held:
        return False
    marks = places(merged)
    tx.execute(
        f"UPDATE person SET ({_FROM_PAGE}, crm_ref) = ({marks}) WHERE team_id = ? AND id = ?",
        (*merged, team, person),
    )
    if held[-1] != merged[-1]:
        crm_people.forget(tx, team, person)  # what was read was of another record
    if held[-2] != merged[-2]:
        person_numbers.keep_former(tx, team, person, [held[-2]])
    return True


def known(team: int, page: PersonOnPage, mobile: str) -> int | None:
    """Whom of the team's people a page is about; None for somebody new.

    The CRM's own reference decides; without one, somebody of the same name and mobile. An unknown
    sender with this mobile becomes the person: their texts are found where they belong.
    """
    if page.crm_ref:
        row = one_row(
            "SELECT id FROM person WHERE team_id = ? AND crm_ref = ?", (team, page.crm_ref)
        )
        if row:
            return row[0]
    row = one_row(
        "SELECT id FROM person WHERE team_id = ? AND mobile = ? AND name IN (?, '')"
        " AND (crm_ref IS NULL OR ? = '') ORDER BY name = '', id LIMIT 1",
        (team, mobile, page.name, page.crm_ref),
    )
    if row is None and page.name and not page.crm_ref:
        # The same person, texted on another of their numbers until now.
        row = one_row(
            "SELECT person.id FROM person_number JOIN person ON person.id = person_number.person_id"
            " WHERE person_number.team_id = ? AND person_number.e164 = ? AND NOT former"
            " AND person.name = ?"
            " AND person.crm_ref IS NULL ORDER BY person.id LIMIT 1",
            (team, mobile, page.name),
        )
    return row[0] if row else None


def of_account(team: int, name: str, url: str, limit: int) -> list[Person]:
    """The people of an account, by its name or its address in the CRM, by name."""
    wanted = [
        (column, value) for column, value in (("account", name), ("account_url", url)) if value
    ]
    if not wanted:
        return []
    # Each half has an index of its own; OR over both would use neither.
    halves = " UNION ".join(
        f"SELECT id FROM person WHERE team_id = ? AND {column} = ?" for column, _ in wanted
    )
    rows = all_rows(
        f"SELECT {COLUMNS} FROM person WHERE person.id IN ({halves})"
        " ORDER BY person.name = '', person.name, person.id LIMIT ?",
        (*(value for _, given in wanted for value in (team, given)), limit),
    )
    found = [from_row(row) for row in rows]
    person_numbers.fill(team, found)
    return found


def rename(tx: Transaction, team: int, person: int, name: str) -> bool:
    """Give the person a name; False when the team has no such person."""
    done = tx.execute(
        "UPDATE person SET name = ? WHERE team_id = ? AND id = ?", (name, team, person)
    )
    return done.rowcount == 1


def touch(tx: Transaction, team: int, person: int) -> None:
    """Note that the person was contacted now."""
    tx.execute(
        "UPDATE person SET contacted_at = ? WHERE team_id = ? AND id = ?", (now(), team, person)
    )
