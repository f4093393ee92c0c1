"""The admin pages over a database of its own, asked as a browser asks."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from backend.apart import Apart
from backend.carrier.numbers import TwilioNumbers
from backend.config import Config
from backend.connections.connecting import Connecting
from backend.connections.sealing import Seal
from backend.crm_port import Crm
from backend.hooks.managing import Secrets
from backend.importing.managing import Imports
from backend.media.files import Files
from backend.page_sessions import PageSessions
from backend.passwords import Passwords
from backend.signing_in import Sessions
from backend.tokens import Tokens
from backend.web import admin, crm
from backend.web.admin import guard
from tests.backend.world import RECORDS, SECRET, World

PASSWORD = "correct horse battery staple"
DOMAIN = "repline.example.com"
HERE = f"https://{DOMAIN}"
COOKIE = "__Secure-repline-admin"


@dataclass
class Pages:
    """``closed`` are the sessions whose sockets were closed."""

    app: Flask
    world: World
    services: admin.Services
    closed: list[int] = field(default_factory=list)

    def browser(self) -> "Browser":
        return Browser(self.app.test_client())

    def admin(self, email: str = "admin@brightpath.example") -> "Browser":
        """A browser in which an admin is signed in."""
        browser = self.browser()
        browser.sign_in(email)
        return browser


@dataclass
class Browser:
    client: FlaskClient

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get("/admin" + path, base_url=HERE, **more)

    def post(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> Any:
        """Post a form as the page does: with its token, from its origin."""
        data = {guard.FORM_TOKEN: self.form_token(), **(form or {})}
        return self.send(path, data, **more)

    def send(self, path: str, data: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
        given = {"Origin": HERE} if headers is None else headers
        return self.client.post("/admin" + path, base_url=HERE, data=data, headers=given)

    @property
    def held(self) -> str:
        """The token in the cookie."""
        cookie = self.client.get_cookie(COOKIE, domain=DOMAIN, path="/admin")
        assert cookie is not None
        return cookie.value

    def hold(self, token: str) -> None:
        self.client.set_cookie(COOKIE, token, domain=DOMAIN, path="/admin")

    def sign_in(self, email: str, password: str = PASSWORD) -> Any:
        return self.send("/sign-in", {"email": email, "password": password})

    def form_token(self) -> str:
        page = self.get("/users").get_data(as_text=True)
        _, found, rest = page.partition(f'name="{guard.FORM_TOKEN}" value="')
        return rest.partition('"')[0] if found else ""


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def carrier_url() -> str:
    """Where nobody answers; tests that need a carrier say where theirs is."""
    return "http://127.0.0.1:1"


@pytest.fixture
def crms() -> dict[str, Crm]:
    """The CRMs that the server has an app at; tests that need one say which."""
    return {}


@pytest.fixture
def pages(
    world: World,
    passwords: Passwords,
    carrier_url: str,
    crms: dict[str, Crm],
    tmp_path: Path,
) -> Pages:
    hashed = passwords.hash(PASSWORD)
    for user in (world.ana, world.ben, world.admin, world.stranger):
        user.password_hash = hashed
        user.save()
    world.stranger.role = "admin"
    world.stranger.save()
    config = Config(
        secret_key=SECRET,
        public_url=HERE,
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="token",
    )
    closed: list[int] = []
    services = admin.Services(
        writer=world.writer,
        sessions=PageSessions(
            config, world.writer, Sessions(world.writer, Tokens(config), passwords)
        ),
        passwords=passwords,
        public_url=HERE,
        notice_key=b"a key for tests",
        session_ended=closed.append,
        desk=TwilioNumbers("AC" + "0" * 32, "token", carrier_url),
        webhook=f"{HERE}/twilio/messages",
        hook_secret=Secrets(SECRET),
        imports=Imports(world.writer, Files(tmp_path / "imports"), Apart(1), RECORDS),
        connecting=Connecting(world.writer, crms, Seal(SECRET), f"{HERE}/crm/signed-in"),
    )
    app = Flask("test", static_folder=None)
    admin.register(app, services)
    app.register_blueprint(crm.blueprint())
    return Pages(app, world, services, closed)
