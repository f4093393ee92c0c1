"""What a connected org has: the fields that may be chosen, and its users. Read when it is connected
and each day."""

from dataclasses import dataclass

import structlog

from backend.connections.calling import Calling
from backend.connections.connecting import recommended
from backend.crm_port import CrmError
from backend.store import crm_connections, crm_users
from backend.store.writer import Transaction, Writer

MOST_USERS = 20_000
log = structlog.get_logger()


@dataclass(frozen=True)
class Knowing:
    writer: Writer
    calling: Calling

    def __call__(self, connection: int) -> bool:
        """Ask the CRM anew; False where it could not be had: the connection says why. What was
        parked goes on once the CRM has answered."""
        held = crm_connections.by_id(connection)
        if held is None or held.state != "connected":
            return False
        try:
            choices = self.calling(held, lambda crm, access: crm.prepare(access))
            users = self.calling(held, lambda crm, access: list(crm.users(access))[:MOST_USERS])
        except CrmError as error:
            cause = str(error)
            log.warning("crm.not_known", crm=held.crm, team=held.team, cause=cause)
            self.writer(lambda tx: crm_connections.note(tx, held, cause))
            return False

        def work(tx: Transaction) -> None:
            crm_connections.set_choices(tx, held, choices)
            if not held.choices:  # the first time: nobody has chosen yet
                crm_connections.configure(
                    *(tx, held, recommended(choices)),
                    digest=held.digest,
                    write_opt_outs=held.write_opt_outs,
                )
            crm_users.keep(tx, held.team, held.crm, users)
            crm_connections.went_well(tx, held)
            tx.wake("log_to_crm", held.id)

        self.writer(work)
        return True

    def all(self) -> None:
        for each in crm_connections.connected():
            self(each.id)
