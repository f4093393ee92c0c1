"""Everything that is broken on purpose, a file per part that breaks."""

from tests.faults.fault import Alone, Fault
from tests.faults.kinds import carrier, clock, crm, disk, postgres, processes, redis, sockets

FAULTS: list[Fault] = [
    *processes.FAULTS,
    *carrier.FAULTS,
    *crm.FAULTS,
    *clock.FAULTS,
    *sockets.FAULTS,
    *disk.FAULTS,
    *redis.FAULTS,
    *postgres.FAULTS,
]
ALONE: list[Alone] = [*disk.ALONE]
