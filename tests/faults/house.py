"""A whole deployment to break: web, worker, simulator and CRM stand-in as processes of their own,
and the reps' clients, which stay through all of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import requests

from backend.core import open_store
from backend.store import users
from backend.store.crm_logs import HELD_MS
from backend.store.writer import InlineWriter
from demo.browser import Process
from demo.seed import ADMIN, ANA, BEN
from demo.stack import BACKEND, ROOT, Stack
from tests.faults.client import Client
from tests.postgres import PostgresServer
from tests.running.redis_server import RedisServer
from tests.running.worker import Worker

CRM = "salesforce"
MOST_A_DAY = 1_000_000
"""Texts of a user and a team: rounds of faults are no days of work."""


class House:
    """``with House(workers=…) as house``. Without ``workers`` jobs run inside the web process; with
    them a worker and Redis stand beside it, as in the Procfile. With ``crm`` the team has connected
    one, and logs what is texted to its contacts. Rows are in ``postgres``, or in a SQLite file."""

    def __init__(
        self, *, workers: bool, crm: bool = True, postgres: PostgresServer | None = None
    ) -> None:
        self.crm, self.postgres = crm, postgres
        self._workers = workers
        self._kept = ExitStack()
        self.redis: RedisServer | None = None
        self.worker: Worker | None = None

    def __enter__(self) -> Self:
        try:
            if self._workers:
                self.redis = self._kept.enter_context(RedisServer())
            url = self.redis.url if self.redis else ""
            self.stack = self._kept.enter_context(self._stack(url))
            self.database = open_store(self.stack.config)
            self._kept.callback(self.database.close)
            self._raise_caps()
            if self._workers:
                self.worker = Worker(self.stack).start()
                self._kept.callback(self.worker.kill)
            backend = self.stack.backend.url
            requests.get(f"{backend}/readyz", timeout=60).raise_for_status()
            self.reps = [self._kept.enter_context(Client(backend, each)) for each in (ANA, BEN)]
        except BaseException:
            self._kept.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def _stack(self, redis_url: str) -> Stack:
        database = self.postgres.create("faults") if self.postgres else ""
        crm = CRM if self.crm else ""
        return Stack(redis_url=redis_url, database_url=database, pace=0.1, crm=crm)

    def _raise_caps(self) -> None:
        held = users.secret_of(ADMIN)
        assert held is not None
        self.team = held.team
        self.write(
            "UPDATE team SET user_daily_cap = ?, team_daily_cap = ?, monthly_budget = NULL"
            " WHERE id = ?",
            *(MOST_A_DAY, MOST_A_DAY, self.team),
        )

    def write(self, sql: str, *values: object) -> None:
        """Behind the backend's back."""
        InlineWriter(lambda tx: None)(lambda tx: tx.execute(sql, values) and None)

    # Processes

    def start_web(self, ahead: float = 0) -> None:
        """Under a clock that is ``ahead`` (seconds) of the machine's."""
        shifted = ["tests.faults.shifted", str(ahead)] if ahead else []
        self.stack.backend = Process(
            [*shifted, *BACKEND], env=self.stack.environment, cwd=ROOT
        ).start()

    def kill_web(self) -> None:
        self.stack.backend.kill()

    def web_pids(self) -> Iterator[int]:
        """gunicorn's arbiter and those who serve."""
        arbiter = self.stack.backend.pid
        yield arbiter
        children = Path(f"/proc/{arbiter}/task/{arbiter}/children")
        yield from (int(pid) for pid in children.read_text().split())

    def begin_again(self) -> None:
        """Stop what is left kindly, and start all of it under the machine's own clock. Nobody waits
        here for the minutes that somebody who died has leased a CRM for, nor for those that the
        CRM log waits for a text of which nobody knows whether it has left."""
        self.stack.backend.stop()
        if self.worker:
            self.worker.kill()
        self.write("UPDATE crm_connection SET claimed_until = 0")
        self.write("UPDATE crm_log SET made_at = made_at - ? WHERE state = 'held'", HELD_MS)
        self.start_web()
        if self.worker:
            self.worker.start()

    # The carrier and the CRM

    def text(self, sender: str, recipient: str, body: str, wait: bool = True) -> dict[str, Any]:
        """A phone texts us; what its carrier saw of our answer."""
        return self._post("texts", {"from": sender, "to": recipient, "body": body, "wait": wait})

    def fault(self, kind: str, **more: Any) -> None:
        self._post("faults", {"kind": kind, **more})

    def crm_fault(self, kind: str, **more: Any) -> None:
        url = f"{self.stack.connected.url}/simulator/faults"
        requests.post(url, json={"kind": kind, **more}, timeout=10).raise_for_status()

    def armed(self) -> int:
        """How often the faults that were asked for are still to happen."""
        found = [requests.get(url, timeout=10).json()["faults"] for url in self._faults()]
        return sum(each.get("times", 1) for faults in found for each in faults)

    def disarm(self) -> None:
        for url in self._faults():
            requests.delete(url, timeout=10).raise_for_status()

    def _faults(self) -> list[str]:
        who = [self.stack.simulator, *([self.stack.connected] if self.crm else [])]
        return [f"{each.url}/simulator/faults" for each in who]

    def logged(self) -> list[str]:
        """The words of each activity in the CRM; behind them may stand that it did not arrive."""
        found = self.stack.logged() if self.crm else []
        words = [str(each["fields"].get("Description")) for each in found]
        return [each.partition("\n")[0] for each in words]

    def ledger(self) -> list[dict[str, Any]]:
        """All that the carrier ever had, both ways, oldest first."""
        url = f"{self.stack.simulator.url}/simulator/ledger"
        messages: list[dict[str, Any]] = requests.get(url, timeout=30).json()["messages"]
        return messages

    def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(
            f"{self.stack.simulator.url}/simulator/{what}", json=body, timeout=60
        )
        answer.raise_for_status()
        made: dict[str, Any] = answer.json()
        return made
