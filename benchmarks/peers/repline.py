"""Our server as it is deployed: gunicorn, its configuration, SQLite with synchronous=FULL."""

import secrets
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from backend.config import Config
from backend.tokens import Tokens
from benchmarks import machine, texts, world
from demo.browser.processes import Process, free_port
from shared import wire

ROOT = Path(__file__).parents[2]
GUNICORN = ["gunicorn", "-c", "backend/gunicorn_conf.py", "backend.app:from_environment()"]


class Repline:
    """``reps`` are seeded once; every start gets a database of its own with them in it."""

    name = "repline"
    absent = ""

    def __init__(self, reps: int, folder: Path) -> None:
        # Not in /tmp, which may be memory: what a commit costs is to be seen.
        self._folder = folder
        self._template = folder / "template.sqlite3"
        for old in folder.glob("template.sqlite3*"):
            old.unlink()
        self.reps = world.seed(self._template, reps)
        self._texts: list[bytes] = []
        self._spread = 0

    def __enter__(self) -> Self:
        self._temporary = tempfile.TemporaryDirectory(dir=self._folder)
        database = Path(self._temporary.name) / "repline.sqlite3"
        shutil.copyfile(self._template, database)
        environment = {
            "SECRET_KEY": secrets.token_hex(32),
            "PUBLIC_URL": texts.PUBLIC_URL,
            "TWILIO_ACCOUNT_SID": texts.ACCOUNT,
            "TWILIO_AUTH_TOKEN": texts.TOKEN,
            # Nobody listens there: no text is sent, and none may reach Twilio by mistake.
            "TWILIO_API_BASE_URL": f"http://127.0.0.1:{free_port()}",
            "DATABASE_URL": f"sqlite:///{database}",
            "REDIS_URL": "",
            "WEB_CONCURRENCY": "1",
            "PORT": str(free_port()),
        }
        self.port = self.socket_port = int(environment["PORT"])
        self._tokens = Tokens(
            Config(
                secret_key=environment["SECRET_KEY"],
                public_url=texts.PUBLIC_URL,
                twilio_account_sid=texts.ACCOUNT,
                twilio_auth_token=texts.TOKEN,
            )
        )
        self._process = Process(GUNICORN, env=environment, cwd=ROOT)
        with machine.on_server_core():
            self._process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._temporary.cleanup()

    @property
    def pid(self) -> int:
        return self._process.pid

    def path(self, rep: int) -> str:
        return "/ws"

    def greeting(self, rep: int, since: int | None = None) -> bytes:
        """With ``since``, the socket resumes behind that event of the rep's feed."""
        who = self.reps[rep]
        token, _ = self._tokens.issue(who.user, who.team, who.session)
        return wire.encode(wire.SessionStart(v=1, token=token, since=since, client="benchmark"))

    def texts(self, count: int, reps: int) -> Sequence[bytes]:
        if len(self._texts) < count or self._spread != reps:
            # Kept from start to start: signing them takes longer than sending them.
            self._texts = [texts.webhook(name, self.reps[name % reps]) for name in range(count)]
            self._spread = reps
        return self._texts
