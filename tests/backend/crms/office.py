"""A team that has connected a CRM: the real rules and the real client, a stand-in over HTTP."""

from urllib.parse import parse_qs, urlsplit

import requests

from backend.connections import connecting
from backend.connections.calling import Calling
from backend.connections.connecting import Connecting
from backend.connections.knowing import Knowing
from backend.connections.records import Reading
from backend.connections.sealing import Seal
from backend.crm_logs.draining import Draining
from backend.crm_port import CrmApp
from backend.messaging import inbound, outbound, status
from backend.messaging.inbound import Inbound
from backend.models import Person
from backend.store import conversations, crm_connections, crm_logs, messages
from backend.store.audit import Actor
from backend.store.crm_connections import Connection
from backend.store.crm_logs import Log
from backend.store.rows import now
from shared import wire
from simulator.crms.serving import StandIn
from tests.backend.crms.houses import House, Seen
from tests.backend.world import SECRET, World

REDIRECT = "http://127.0.0.1/crm/signed-in"


class Office:
    def __init__(self, world: World, house: House, crm: StandIn) -> None:
        self.world, self.house, self.crm = world, house, crm
        edge = house.edge(CrmApp("repline", "repline-secret", crm.url))
        self.edge, writer = edge, world.writer
        crms = {house.name: edge}
        self.connecting = Connecting(writer, crms, Seal(SECRET), REDIRECT)
        self.calling = Calling(writer, crms, Seal(SECRET))
        self.reading = Reading(writer, self.calling)
        self.draining = Draining(writer, self.calling, self.reading, {house.name: edge.at_once})
        self.admin = Actor(world.team.id, world.admin.id, world.admin.email, "192.0.2.7")
        self._sids = 0

    def connect(self) -> Connection:
        """As an admin does: sign in at the CRM, allow, come back."""
        state, code = self.consent()
        made = self.connecting.finish(self.admin, state, code)
        Knowing(self.world.writer, self.calling)(made.id)
        return self.connection

    def consent(self) -> tuple[str, str]:
        """The state and code with which the admin comes back."""
        url = self.connecting.begin(self.admin, self.house.name, self.address)
        answer = requests.post(url, data={"decision": "allow"}, allow_redirects=False, timeout=5)
        back = parse_qs(urlsplit(answer.headers["Location"]).query)
        return back["state"][0], back["code"][0]

    address = ""

    def configure(self, *, digest: bool = False, **chosen: str) -> None:
        """As an admin who saves the fields, these chosen anew."""
        fields = connecting.typed(self.connection) | chosen
        self.world.writer(
            lambda tx: connecting.configure(
                *(tx, self.admin, self.house.name, fields), digest=digest, write_opt_outs=True
            )
        )

    @property
    def connection(self) -> Connection:
        found = crm_connections.get(self.world.team.id, self.house.name)
        assert found is not None
        return found

    def person(self, contact: int, mobile: str, name: str = "") -> Person:
        return self.world.person(mobile, name, crm_ref=self.house.ref(contact), crm="")

    def id_of(self, contact: int) -> str:
        """The CRM's own id of the demo CRM's contact."""
        return self.house.ref(contact).split(":")[2]

    def conversation(self, person: Person) -> int:
        return self.world.writer(
            lambda tx: conversations.open_for(
                tx, self.world.team.id, self.world.number.id, person.id, "opened"
            )
        )

    def receives(self, person: Person, body: str, media: int = 0) -> int:
        """A text of theirs arrives."""
        self._sids += 1
        text = Inbound(
            sid=f"SM{self._sids:032x}",
            sender=person.mobile,
            recipient=self.world.number.e164,
            body=body,
            at=now(),
            media=tuple(f"ME{n:032x}" for n in range(media)),
        )
        made = self.world.writer(lambda tx: inbound.receive(tx, text, {"Body": body}))
        assert made is not None
        return made

    def writes(self, person: Person, body: str) -> int:
        """A rep sends a text, which waits for the carrier."""
        self._sids += 1
        sent = outbound.send(
            self.world.writer,
            team=self.world.team.id,
            user=self.world.ana.id,
            conversation=self.conversation(person),
            draft=outbound.Draft(f"ref-{self._sids:08}", body),
            road="pane",
        )
        return sent.message.id

    def sends(self, person: Person, body: str) -> int:
        """A rep sends a text, and the carrier takes it."""
        message = self.writes(person, body)
        self.leaves(message)
        return message

    def leaves(self, message: int, new: str = "sent", code: int | None = None) -> None:
        """The carrier has taken the text, or says what became of it."""
        sid = f"SM{message:032x}".replace("SM0", "SMf", 1)

        def work(tx):
            status.advance(tx, self.world.team.id, message, "sending")
            status.advance(tx, self.world.team.id, message, new, sid=sid, error_code=code)

        self.world.writer(work)

    def drain(self) -> None:
        self.draining(self.connection.id)

    def seen(self) -> list[Seen]:
        return self.house.seen(self.crm)

    def bodies(self) -> list[str]:
        return [each.body for each in self.seen()]

    def log(self, message: int) -> Log:
        found = crm_logs.of_message(self.world.team.id, message)
        assert found is not None
        return found

    def receipt(self, message: int) -> wire.Receipt:
        found = messages.get(self.world.team.id, message)
        assert found is not None
        assert found.receipt is not None
        return found.receipt
