"""A running stand-in: in this process for a test, or as a process of its own."""

from typing import Any

from simulator.crms.app import create_app
from simulator.crms.crm import Crm
from simulator.crms.faults import Fault, Kind
from simulator.crms.store import Store
from simulator.serving import Served


class StandIn(Served):
    """``with StandIn(open_crm(Salesforce())) as salesforce:`` serves on ``.url`` until the end."""

    def __init__(self, crm: Crm, port: int = 0) -> None:
        self.crm = crm
        super().__init__(create_app(crm), port)
        crm.url = self.url

    @property
    def store(self) -> Store:
        return self.crm.store

    def fault(self, kind: Kind, **options: Any) -> None:
        """Arm a fault; the options are those of ``Fault``."""
        self.crm.faults.arm([Fault(kind, **options)])

    def access_token(self, user: str = "", scopes: tuple[str, ...] = ()) -> str:
        """A user's access token without the sign-in: the first user, all scopes unless said."""
        door = self.crm.dialect.door
        with self.store.look() as books:
            user = user or next(iter(books.of(door.user)))
        return self.crm.access(self.crm.grant(user, list(scopes or door.scopes)))

    def stop(self) -> None:
        self.crm.stopping.set()
        super().stop()
        self.crm.close()
