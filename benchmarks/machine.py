"""The machine under the benchmark: cores, descriptors, memory and CPU time. Linux only."""

import gc
import os
import platform
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

TICKS = os.sysconf("SC_CLK_TCK")
ALLOWED = sorted(os.sched_getaffinity(0))
SERVER_CORE, GENERATOR_CORE = ALLOWED[0], ALLOWED[-1]
"""One core each. The same one on a machine with a single core, where ratios still tell."""


def prepare() -> None:
    """Stay on the generator's core and allow as many descriptors as the system lets us."""
    os.sched_setaffinity(0, {GENERATOR_CORE})
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def on_server_core() -> AbstractContextManager[None]:
    """Processes that are started inside stay on the server's core, with all that they start."""
    return _on({SERVER_CORE})


def on_all_cores() -> AbstractContextManager[None]:
    """Processes that are started inside go where there is room."""
    return _on(set(ALLOWED))


@contextmanager
def _on(cores: set[int]) -> Iterator[None]:
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, {GENERATOR_CORE})


def tree(pid: int) -> list[int]:
    """The process and all that descends from it."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit() and (fields := _stat(int(entry))):
            children.setdefault(int(fields[1]), []).append(int(entry))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def resident(pid: int) -> int:
    """Resident memory of the process tree, KiB."""
    return sum(_resident(each) for each in tree(pid))


def cpu(*pids: int) -> float:
    """CPU time that the process trees have used so far, seconds."""
    return sum(_cpu(each) for pid in pids for each in tree(pid))


@contextmanager
def no_collector() -> Iterator[None]:
    """Our own garbage collector would show up as the server's latency."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass
class Foreign:
    """How much of the two cores others used: a run on a busy machine says so of itself."""

    pids: Sequence[int] = ()
    """Of whose process trees we know: those that are measured."""

    def __post_init__(self) -> None:
        self._begin = self._read()

    def share(self) -> float:
        """Of all CPU time since the start, 0 to 1."""
        (used, time_) = self._read()
        elapsed = (time_ - self._begin[1]) * len(ALLOWED)
        return round(max(0.0, used - self._begin[0]) / elapsed, 3)

    def _read(self) -> tuple[float, float]:
        with open("/proc/stat") as file:
            fields = [int(each) for each in file.readline().split()[1:9]]
        busy = (sum(fields) - fields[3] - fields[4]) / TICKS
        return busy - time.process_time() - cpu(*self.pids), time.monotonic()


def described() -> dict[str, object]:
    """What a reader of the figures wants to know of this machine."""
    with open("/proc/cpuinfo") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return {
        "cpu": names[0] if names else platform.machine(),
        "cores": len(ALLOWED),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _stat(pid: int) -> list[str]:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _resident(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/status") as file:
            for line in file:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0
