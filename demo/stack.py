"""Everything that the demo, the browser tests and the pictures stand on, as processes of their own:
the simulator, the backend and a small CRM."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Self

import requests

from backend.config import Config, from_environment
from demo.browser import Process, free_port
from demo.connected import connect, pages_of_stand_in
from demo.seed import ADMIN, ANA_NUMBER, BEN_NUMBER, seed

ROOT = Path(__file__).parent.parent
ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
NOON = "2026-11-24T17:30:00+00:00"
"""A Tuesday's in Atlanta, for recipients: a demo or a test at night would wait for the morning. On
the West coast it is past nine, when a day of texting begins; in Honolulu it is not yet eight."""
BACKEND = [
    "gunicorn",
    "-c",
    str(ROOT / "backend/gunicorn_conf.py"),
    "backend.app:from_environment()",
]


class Stack:
    """``with Stack() as stack: stack.backend.url``. Each process can be killed and started again.

    ``environment`` is the backend's, for commands beside it. ``push_url`` sends Web Pushes there.
    Ports are the given ones, or any that are free. ``pace``: how slowly texts travel, 0 is at once.
    ``simulated_time`` is what quiet hours go by; empty: by the real one. ``crm``: the team has
    connected this CRM, such as salesforce, whose stand-in is ``connected``. ``database_url``: an
    empty database, or else a SQLite file in the folder. ``public_port``: where a load balancer
    stands in front of the backend.
    """

    def __init__(
        self,
        *,
        push_url: str = "",
        redis_url: str = "",
        database_url: str = "",
        folder: Path | None = None,
        port: int = 0,
        public_port: int = 0,
        crm_port: int = 0,
        simulator_port: int = 0,
        pace: float = 1,
        simulated_time: str = NOON,
        crm: str = "",
        connected_port: int = 0,
    ) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="repline-")
        self.folder = folder or Path(self._temporary.name)
        token = secrets.token_hex(16)
        port = port or free_port()
        url = f"http://127.0.0.1:{public_port or port}"
        self.simulator = Process(
            [
                *("simulator", "--port", str(simulator_port), "--backend-url", url),
                *("--account-sid", ACCOUNT_SID, "--auth-token", token),
                *("--number", ANA_NUMBER, "--number", BEN_NUMBER, "--pace", str(pace)),
                "--registered",
            ],
            cwd=ROOT,
        )
        self.crm = Process(["demo.crm", "--port", str(crm_port)], cwd=ROOT)
        self._connects = crm
        self.connected = Process(
            [
                *("simulator.crms", crm, "--port", str(connected_port)),
                *("--redirect-uri", f"{url}/crm/signed-in"),
                *("--people", str(ROOT / "demo/crm/people.json")),
            ],
            cwd=ROOT,
        )
        self.environment = {
            "SECRET_KEY": secrets.token_hex(32),
            "PUBLIC_URL": url,
            "PORT": str(port),
            "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": token,
            "SIMULATED_TIME": simulated_time,
            "DATABASE_URL": database_url or f"sqlite:///{self.folder}/repline.sqlite3",
            "MEDIA_DIR": f"{self.folder}/media",
            "WEB_PUSH_BASE_URL": push_url,
            "REDIS_URL": redis_url,
        }
        self.backend: Process

    @property
    def config(self) -> Config:
        """What the backend runs with."""
        return from_environment(self.environment)

    def command(self, *arguments: str, typed: str = "") -> str:
        """What ``repline`` writes, run beside the backend; ``typed`` is its stdin."""
        done = subprocess.run(
            [sys.executable, "-m", "backend.cli", *arguments],
            env={**os.environ, **self.environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            input=typed,
            timeout=60,
        )
        if done.returncode:
            raise RuntimeError(f"repline {arguments[0]} failed: {done.stderr}")
        return done.stdout

    def logged(self) -> list[dict[str, Any]]:
        """The activities in the connected CRM, in the order in which they were made."""
        answer = requests.get(f"{self.connected.url}/simulator/activities", timeout=10)
        activities: list[dict[str, Any]] = answer.json()["activities"]
        return activities

    def __enter__(self) -> Self:
        try:
            self.simulator.start()
            self.environment["TWILIO_API_BASE_URL"] = self.simulator.url
            self.crm.start()
            seed(self.config, self.crm.url)
            if self._connects:
                self._connect(self._connects)
            self.backend = Process(BACKEND, env=self.environment, cwd=ROOT).start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _connect(self, crm: str) -> None:
        self.connected.start()
        app = {"CLIENT_ID": "repline", "CLIENT_SECRET": "repline-secret"}
        app["BASE_URL"] = self.connected.url
        self.environment |= {f"{crm.upper()}_{name}": value for name, value in app.items()}
        self.environment["CRM_PAGES_FILE"] = str(pages_of_stand_in(crm, self.folder))
        connect(self.config, crm, ADMIN)

    def __exit__(self, *_: object) -> None:
        made: list[Process | None] = [
            getattr(self, name, None) for name in ("backend", "connected", "crm", "simulator")
        ]
        running = [process for process in made if process is not None and process.hello]
        for process in running:
            process.ask_to_stop()
        for process in running:
            process.stop()
        self._temporary.cleanup()
