"""What an auditor looks at: who says what about which text."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from backend.store import feed
from backend.store.rows import all_rows
from tests.faults.client import Client
from tests.faults.house import House


class Held(NamedTuple):
    """A text as our database has it."""

    id: int
    conversation: int
    sid: str | None
    ref: str | None
    direction: str
    mobile: str
    body: str
    status: str


class Carried(NamedTuple):
    """A text as the carrier's ledger has it; ``at`` in ms."""

    sid: str
    inbound: bool
    mobile: str
    body: str
    at: int


@dataclass
class Stop:
    """``mobile`` asked to stop, and we said that we heard it at ``acknowledged`` (ms).

    ``ended`` is when it texted START; None while it holds."""

    mobile: str
    acknowledged: int
    ended: int | None = None


class Told(NamedTuple):
    """What one user's client was told: events in the order in which they came, beginning with where
    it began; ``latest`` is the last of the user's feed by the database."""

    user: str
    events: list[dict[str, Any]]
    gone: list[int]
    latest: int
    accepted: dict[str, int]


@dataclass
class Evidence:
    held: list[Held] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    logged: list[str] = field(default_factory=list)
    """Bodies of the activities in the CRM."""
    claimed: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Of each text that has a place in the CRM: (body, state of its CRM log)."""


def gather(house: House, stops: list[Stop]) -> Evidence:
    """Everything there is to see of a house that has come to rest."""
    return Evidence(
        held=texts(house.team),
        carried=[_carried(each) for each in house.ledger()],
        told=[_told(each) for each in house.reps],
        stops=list(stops),
        opted_out={mobile for (mobile,) in all_rows("SELECT mobile FROM opt_out")},
        logged=house.logged(),
        claimed=crm_logs(house.team),
    )


def texts(team: int) -> list[Held]:
    """Without those that were there before: the demo's have made-up sids and refs."""
    rows = all_rows(
        "SELECT id, conversation_id, carrier_sid, ref, direction, mobile, body, status"
        " FROM message WHERE team_id = ? AND coalesce(ref, carrier_sid, '') NOT LIKE 'demo-%'"
        " ORDER BY id",
        (team,),
    )
    return [Held(*row) for row in rows]


def crm_logs(team: int) -> dict[int, tuple[str, str]]:
    rows = all_rows(
        "SELECT message.id, message.body, crm_log.state FROM crm_log"
        " JOIN activity ON activity.id = crm_log.activity_id"
        " JOIN message ON message.id = activity.message_id WHERE crm_log.team_id = ?",
        (team,),
    )
    return {message: (body, state) for message, body, state in rows}


def _carried(row: dict[str, Any]) -> Carried:
    inbound = row["direction"] == "inbound"
    mobile = row["from"] if inbound else row["to"]
    return Carried(row["sid"], inbound, mobile, row["body"], row["accepted_at"])


def _told(client: Client) -> Told:
    user = client.events[0]["user"]["id"]
    events, gone, accepted = list(client.events), list(client.gone), dict(client.accepted)
    return Told(client.email, events, gone, feed.position(user), accepted)
