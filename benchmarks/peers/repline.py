"""Our server as it is deployed: gunicorn and its configuration, on either database."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from backend.config import Config
from backend.tokens import Tokens
from benchmarks import texts
from benchmarks.world import Rep
from demo.browser.processes import Process, free_port
from shared import wire

ROOT = Path(__file__).parents[2]
GUNICORN = ["gunicorn", "-c", "backend/gunicorn_conf.py", "backend.app:from_environment()"]


class Repline:
    """``reps`` are in the database of every start."""

    absent = ""

    def __init__(self, reps: list[Rep]) -> None:
        self.reps = reps
        self._texts: list[bytes] = []
        self._spread = 0

    def _environment(self, database_url: str, redis_url: str = "") -> dict[str, str]:
        """What it runs with. Tokens are made with it from now on."""
        environment = {
            "SECRET_KEY": secrets.token_hex(32),
            "PUBLIC_URL": texts.PUBLIC_URL,
            "TWILIO_ACCOUNT_SID": texts.ACCOUNT,
            "TWILIO_AUTH_TOKEN": texts.TOKEN,
            # Nobody listens there: no text is sent, and none may reach Twilio by mistake.
            "TWILIO_API_BASE_URL": f"http://127.0.0.1:{free_port()}",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "WEB_CONCURRENCY": "1",
            "PORT": str(free_port()),
        }
        self._tokens = Tokens(
            Config(
                secret_key=environment["SECRET_KEY"],
                public_url=texts.PUBLIC_URL,
                twilio_account_sid=texts.ACCOUNT,
                twilio_auth_token=texts.TOKEN,
            )
        )
        return environment

    @staticmethod
    def _process(environment: dict[str, str]) -> Process:
        return Process(GUNICORN, env=environment, cwd=ROOT)

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
