"""The API over a database of its own, with passwords that are cheap to check."""

import dataclasses
import json
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
from backend.media.links import Links
from backend.media.tidying import Tidying
from backend.media.uploading import Uploads
from backend.passwords import Passwords
from backend.push import WebPusher
from backend.signing_in import Sessions
from backend.store.rows import now
from backend.tokens import Tokens
from backend.web import api, media
from tests.backend.api import described
from tests.backend.world import RECORDS, SECRET, World

PASSWORD = "correct horse battery staple"
ORIGIN = "chrome-extension://ceepplloeaipeaiepnkakgmpjpdolpll"
ADMIN = "admin@brightpath.example"
EVE = "eve@rivals.example"
"""The other team's; an admin where a test makes her one."""
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def config() -> Config:
    return Config(
        secret_key=SECRET,
        public_url="https://repline.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="token",
        twilio_api_base_url="http://localhost:1",
    )


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords(CHEAP)


@dataclass
class Api:
    """The API and the world behind it; ``closed`` are the sessions whose sockets were closed."""

    app: Flask
    world: World
    config: Config
    sessions: Sessions
    files: Files
    links: Links
    imports: Imports
    closed: list[int] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def call(self, method: str, path: str, body: Any = None, token: str = "", **more: Any) -> Any:
        """The answer, which is as the API's description says."""
        headers = {**more.pop("headers", {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            more["data"] = body if isinstance(body, bytes) else json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        answer = self.client.open("/api/v1" + path, method=method, headers=headers, **more)
        described.check(self.app.url_map.bind(""), method, answer)
        return answer

    def sign_in(self, email: str = "ana@brightpath.example", password: str = PASSWORD, **more):
        body = {"email": email, "password": password}
        return self.call("POST", "/session", body, **more)

    def ask(self, method: str, path: str, body: Any = None, *, who: str = ADMIN) -> Any:
        """As :meth:`call`, by the user with this e-mail, who is signed in once."""
        if who not in self.tokens:
            self.tokens[who] = self.token(who)
        return self.call(method, path, body, self.tokens[who])

    def key(self, *scopes: str, who: str = ADMIN) -> str:
        """The token of an API key that acts for the user."""
        body = {"name": "Program", "scopes": list(scopes), "email": who}
        return self.ask("POST", "/api-keys", body).json["token"]

    def token(self, email: str = "ana@brightpath.example") -> str:
        return self.sign_in(email).json["access_token"]


@pytest.fixture
def carrier_url() -> str:
    """Where nobody answers; tests that need a carrier say where theirs is."""
    return "http://127.0.0.1:1"


@pytest.fixture
def crms() -> dict[str, Crm]:
    """The CRMs that the server has an app at; tests that need one say which."""
    return {}


@pytest.fixture
def api_(
    world: World,
    config: Config,
    passwords: Passwords,
    carrier_url: str,
    tmp_path: Path,
    crms: dict[str, Crm],
) -> Api:
    for user in (world.ana, world.ben, world.admin, world.stranger):
        user.password_hash = passwords.hash(PASSWORD)
        user.save()
    sessions = Sessions(world.writer, Tokens(config), passwords)
    files = Files(tmp_path / "media")
    links = Links(config.public_url, b"key of the test", now)
    imports = Imports(world.writer, Files(tmp_path / "imports"), Apart(1), RECORDS)
    made = Api(Flask("test"), world, config, sessions, files, links, imports)
    services = api.Services(
        writer=world.writer,
        sessions=sessions,
        push_key=WebPusher(config).public_key,
        session_ended=made.closed.append,
        uploads=Uploads(world.writer, files, Apart(1)),
        hook_secret=Secrets(config.secret_key),
        remove_files=Tidying(world.writer, files).remove_unused,
        desk=TwilioNumbers(config.twilio_account_sid, config.twilio_auth_token, carrier_url),
        webhook=config.webhook,
        public_url=config.public_url,
        imports=imports,
        crm_pages=RECORDS.table,
        connecting=Connecting(
            *(world.writer, crms, Seal(config.secret_key)), f"{config.public_url}/crm/signed-in"
        ),
    )
    api.register(made.app, services, config.origins)
    made.app.register_blueprint(
        media.blueprint(files, links, sessions, world.writer, config.origins)
    )
    return made


@pytest.fixture
def other_config(config: Config) -> Config:
    """Another backend's configuration: what it signs is not ours."""
    return dataclasses.replace(config, secret_key="another secret that is long enough too")
