"""When CRMs are asked: records when a page opens them, fields and users each day, and each night
who may not be texted."""

import structlog

from backend import rounds
from backend.connections.calling import Calling
from backend.connections.drift import Comparing
from backend.connections.knowing import Knowing
from backend.connections.opt_outs import write_standing
from backend.connections.records import Reading
from backend.crm_port import CrmError
from backend.queue import Queue
from backend.rounds import Tally
from backend.store import crm_connections, drifts
from backend.store.rows import now
from backend.store.writer import Writer

KEPT_MS = 90 * 24 * 3600_000
"""How long a report of the nightly comparison is kept."""
log = structlog.get_logger()


def tasks(
    queue: Queue, writer: Writer, calling: Calling, reading: Reading, comparing: Comparing
) -> None:
    knowing = Knowing(writer, calling)

    def write(connection: int, person: int) -> None:
        held = crm_connections.by_id(connection)
        if held is None or held.state != "connected":
            return
        try:
            write_standing(writer, calling, held, person)
        except CrmError as error:  # the next night finds it again
            log.warning("crm.standing", crm=held.crm, team=held.team, cause=str(error))

    def nightly(tally: Tally) -> None:
        writer(lambda tx: drifts.prune(tx, now() - KEPT_MS))
        comparing.night(tally)

    queue.task("read_record", reading)
    queue.task("know_crm", knowing)
    queue.task("write_standing", write)
    queue.task("compare_opt_outs", comparing)
    queue.at("4", "10", "know_crms", knowing.all)
    rounds.at_its_time(queue, "drift", rounds.made(queue, writer, "drift", nightly))
