"""What a connected org has: the fields that may be chosen, and its users. Read when it is connected
and each day."""

from dataclasses import dataclass
from functools import partial

import structlog

from backend.connections.calling import Calling
from backend.connections.connecting import recommended
from backend.crm_port import CrmError, CrmUser
from backend.store import crm_connections, crm_users
from backend.store.crm_connections import Connection
from backend.store.writer import Transaction, Writer

MOST_USERS = 20_000
AT_ONCE = 200
"""Users that are written in one transaction."""
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
            crm_connections.went_well(tx, held)
            tx.wake("log_to_crm", held.id)

        self._keep(held, users)
        self.writer(work)
        return True

    def _keep(self, held: Connection, users: list[CrmUser]) -> None:
        """Some at a time: an org may have thousands, and whoever texts meanwhile must not wait."""
        changed, gone = crm_users.differing(held.team, held.crm, users)
        # Those who are gone first: who they were here may be somebody else there now.
        for start in range(0, len(gone), AT_ONCE):
            ids = gone[start : start + AT_ONCE]
            self.writer(partial(crm_users.drop, team=held.team, crm=held.crm, ids=ids))
        for start in range(0, len(changed), AT_ONCE):
            some = changed[start : start + AT_ONCE]
            self.writer(partial(crm_users.put, team=held.team, crm=held.crm, users=some))

    def all(self) -> None:
        for each in crm_connections.connected():
            self(each.id)
