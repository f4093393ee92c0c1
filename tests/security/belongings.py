"""Something of each kind that a team has, by the names that routes and frames give it; and all of
the database that is a team's."""

from typing import Any

from backend.inbox import listing
from backend.messaging import inbound, outbound
from backend.models import (
    TABLES,
    Activity,
    CrmConnection,
    CrmLog,
    Media,
    OptOut,
    Restriction,
    Team,
    User,
)
from backend.store.rows import now
from shared import wire
from tests.backend.world import ANA_NUMBER, World

HOUR = 3600_000
MOBILE, STOPPED = "+14045550187", "+14045550188"


class Belongings:
    """``ids`` is what a stranger would name to get at it: our team's ids by name."""

    def __init__(self, world: World) -> None:
        self._world = world
        person = wire.PersonOnPage(
            mobile=MOBILE, name="Pat Doe", account="Doe Foods", crm_ref="demo:1"
        )
        talk = listing.open_person(world.writer, world.team.id, world.ana.id, person).conversation
        self.waiting = outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=talk.id,
            draft=outbound.Draft("ref-waiting", "Later", at=now() + HOUR),
            road="pane",
        ).message.id
        self._texts("01", MOBILE, "Please do not text me at work any more")
        self._texts("02", STOPPED, "STOP")
        self.heard = self._texts("03", MOBILE, "Hello?")
        self._logged(self.heard)
        media = Media.create(
            team=world.team, user=world.ana, sha256="0" * 64, created_at=now(), state="ready"
        )
        self.ids = {
            "conversation": talk.id,
            "number": world.number.id,
            "person": talk.person.id,
            "message": self.waiting,
            "upto": self.heard,
            "before": self.heard,
            "media": media.id,
            "media_id": media.id,
            "opt_out": OptOut.get().id,
            "restriction": Restriction.get().id,
        }

    def _texts(self, sid: str, sender: str, body: str) -> int:
        text = inbound.Inbound(
            sid="SM" + sid * 16, sender=sender, recipient=ANA_NUMBER, body=body, at=now()
        )
        made = self._world.writer(lambda tx: inbound.receive(tx, text, {"Body": body}))
        assert made is not None
        return made

    def _logged(self, message: int) -> None:
        """The text is on its way to the CRM that the team has connected."""
        team = self._world.team
        activity = Activity.get(Activity.message == message)
        CrmConnection.create(
            team=team, crm="salesforce", org="00D", base_url="https://a.example", connected_at=1
        )
        CrmLog.create(
            team=team,
            activity=activity,
            person=activity.person,
            crm="salesforce",
            made_at=1,
            state="failed",
        )

    def state(self) -> dict[str, list[Any]]:
        """Every row of every table but those that only the other team's users own."""
        return {table.__name__: list(_rows(table, self._world.others)) for table in TABLES}


def _rows(table: Any, others: Team) -> Any:
    query = table.select().order_by(*table._meta.sorted_fields[:2])
    if table is Team:
        query = query.where(Team.id != others.id)
    elif "team" in table._meta.fields:
        query = query.where(table.team.is_null() | (table.team != others))
    elif "user" in table._meta.fields:
        theirs = User.select(User.id).where(User.team == others)
        query = query.where(table.user.not_in(theirs))
    return query.dicts()
