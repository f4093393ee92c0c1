"""Configuration: the environment, read once into a frozen dataclass; no default secrets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from backend.crm_port import CRMS, CrmApp

EXTENSION_ID = "ceepplloeaipeaiepnkakgmpjpdolpll"
"""The id that ``key`` in extension/manifest.json gives; its origin may open sockets."""
SHORTEST_SECRET = 32
_EXTENSION_ID = re.compile("[a-p]{32}")  # Chrome writes the hash of the key in the letters a to p


class ConfigError(Exception):
    """The environment cannot run Repline; the message says what to set, a line for each."""


@dataclass(frozen=True, kw_only=True)
class Config:
    secret_key: str = field(repr=False)
    """Signs access tokens and derives the Web Push key: at least 32 characters, never shared."""
    public_url: str
    """Where the carrier and the extension reach us, without a trailing slash. Signatures are
    checked against it, never against what a request says of itself."""
    twilio_account_sid: str
    twilio_auth_token: str = field(repr=False)
    twilio_auth_token_secondary: str = field(default="", repr=False)
    """Accepted beside the primary while tokens rotate."""
    twilio_api_base_url: str = ""
    """Another address that speaks Twilio's HTTP, such as the simulator; empty for Twilio itself."""
    simulated_time: int | None = None
    """Where the recipients' clock starts (ms since 1970 UTC), so that nobody's hours are quiet in a
    demo at night. Only towards another carrier than Twilio."""
    database_url: str = "sqlite:///repline.sqlite3"
    redis_url: str = ""
    media_dir: str = ""
    """Where pictures and files of texts are kept, the same folder for every process; empty is
    ``media`` beside the SQLite file."""
    crms: Mapping[str, CrmApp] = field(default_factory=dict)
    """Our apps at the CRMs that teams may connect, by the CRM's name."""
    extension_ids: tuple[str, ...] = (EXTENSION_ID,)
    web_push_base_url: str = ""
    """Sends every push to this address instead of the endpoint's own host: for tests."""
    web_push_contact: str = "mailto:admin@localhost"
    crm_pages_file: str = ""
    """A table of CRM pages to hand out instead of the built-in one (docs/crm-pages.md)."""
    trusted_proxies: int = 0
    """How many proxies stand in front and append to X-Forwarded-For; 0 believes none of it."""
    metrics_token: str = field(default="", repr=False)
    """Bearer token that /metrics asks for; without one it answers this machine alone."""

    metrics_port: int = 0
    """Where ``repline work`` answers /healthz, /readyz and /metrics; 0 for nowhere."""

    @property
    def simulated(self) -> bool:
        """Whether the carrier is not Twilio itself: then example numbers (555-01XX) are allowed."""
        return bool(self.twilio_api_base_url)

    @property
    def media_folder(self) -> Path:
        return Path(self.media_dir or database_path(self.database_url).parent / "media")

    @property
    def imports_folder(self) -> Path:
        """Where files of people wait until they are loaded."""
        return self.media_folder / "imports"

    @property
    def webhook(self) -> str:
        """Where the carrier posts the texts that arrive on our numbers."""
        return f"{self.public_url}/twilio/messages"

    @property
    def crm_redirect(self) -> str:
        """Where a sign-in at a CRM ends; our apps at the CRMs have to name it."""
        return f"{self.public_url}/crm/signed-in"

    @property
    def origins(self) -> frozenset[str]:
        """The origins that may open a socket or call the API from a browser."""
        return frozenset(f"chrome-extension://{each}" for each in self.extension_ids)


def from_environment(environment: Mapping[str, str]) -> Config:
    """Read the configuration, or raise :class:`ConfigError` naming all that is wrong at once."""
    wrong: list[str] = []

    def need(name: str, why: str) -> str:
        value = environment.get(name, "").strip()
        if not value:
            wrong.append(f"{name} is not set: {why}")
        return value

    secret = need("SECRET_KEY", "run `openssl rand -base64 48` and keep what it prints")
    public = need("PUBLIC_URL", "the https:// address at which Twilio reaches this backend")
    sid = need("TWILIO_ACCOUNT_SID", "from the Twilio console, it begins with AC")
    token = need("TWILIO_AUTH_TOKEN", "from the Twilio console; webhooks are checked with it")
    base = environment.get("TWILIO_API_BASE_URL", "").strip().rstrip("/")
    database = environment.get("DATABASE_URL", "").strip() or Config.database_url
    if secret and len(secret) < SHORTEST_SECRET:
        wrong.append(
            f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters:"
            " run `openssl rand -base64 48` and keep what it prints"
        )
    if sid and not sid.startswith("AC"):
        wrong.append("TWILIO_ACCOUNT_SID does not begin with AC: it is not an account SID")
    if public:
        wrong += _public_url_faults(public, local=bool(base))
    if base and not _web_address(base):
        wrong.append(f"TWILIO_API_BASE_URL is no address: {base!r}; leave it out for Twilio itself")
    simulated_time = None
    if written := environment.get("SIMULATED_TIME", "").strip():
        simulated_time = _instant(written)
        if not base:
            wrong.append(
                "SIMULATED_TIME is for a simulated carrier: set TWILIO_API_BASE_URL or leave it out"
            )
        elif simulated_time is None:
            wrong.append(
                "SIMULATED_TIME is no time with an offset: it looks like 2026-11-24T16:00:00+00:00"
            )
    media = environment.get("MEDIA_DIR", "").strip()
    if on_server(database):
        if not media:
            wrong.append(
                "MEDIA_DIR is not set: beside PostgreSQL, name the folder for pictures and files"
            )
    else:
        try:
            database_path(database)
        except ConfigError as error:
            wrong.append(str(error))
    redis = environment.get("REDIS_URL", "").strip()
    if redis and not redis.startswith(("redis://", "rediss://", "unix://")):
        wrong.append("REDIS_URL must begin with redis://, rediss:// or unix://")
    proxies = environment.get("TRUSTED_PROXIES", "").strip() or "0"
    if not (proxies.isdecimal() and len(proxies) < 3):
        wrong.append("TRUSTED_PROXIES is no number: say how many proxies stand in front, 0 to 99")
    port = environment.get("METRICS_PORT", "").strip() or "0"
    if not (port.isdecimal() and len(port) < 6 and int(port) < 65536):
        wrong.append("METRICS_PORT is no port: a number up to 65535, or leave it out")
    ids = environment.get("EXTENSION_IDS", "").replace(",", " ").split()
    wrong += [
        f"EXTENSION_IDS: {each!r} is no extension's id; chrome://extensions shows it, 32 letters"
        for each in ids
        if not _EXTENSION_ID.fullmatch(each)
    ]
    crms, faults = _crms(environment)
    wrong += faults
    contact = environment.get("WEB_PUSH_CONTACT", "").strip() or Config.web_push_contact
    if not contact.startswith(("mailto:", "https://")):
        wrong.append("WEB_PUSH_CONTACT must begin with mailto: or https://")
    if wrong:
        raise ConfigError("\n".join(wrong))
    return Config(
        secret_key=secret,
        public_url=public.rstrip("/"),
        twilio_account_sid=sid,
        twilio_auth_token=token,
        twilio_auth_token_secondary=environment.get("TWILIO_AUTH_TOKEN_SECONDARY", "").strip(),
        twilio_api_base_url=base,
        simulated_time=simulated_time,
        database_url=database,
        redis_url=redis,
        media_dir=media,
        crms=crms,
        extension_ids=tuple(ids) or Config.extension_ids,
        web_push_base_url=environment.get("WEB_PUSH_BASE_URL", "").strip().rstrip("/"),
        web_push_contact=contact,
        crm_pages_file=environment.get("CRM_PAGES_FILE", "").strip(),
        trusted_proxies=int(proxies),
        metrics_port=int(port),
        metrics_token=environment.get("METRICS_TOKEN", "").strip(),
    )


def on_server(url: str) -> bool:
    """Whether it names a PostgreSQL server, in either of the two ways in which hosts write it."""
    return url.startswith(("postgresql://", "postgres://"))


def database_path(url: str) -> Path:
    """The file that ``sqlite:///path`` names; :class:`ConfigError` for anything else."""
    name = url.removeprefix("sqlite:///")
    if name in (url, "", ":memory:"):
        raise ConfigError(
            "DATABASE_URL must be sqlite:/// and a file, for example sqlite:///repline.sqlite3,"
            " or postgresql:// and a server with its database"
        )
    return Path(name)


def _crms(environment: Mapping[str, str]) -> tuple[dict[str, CrmApp], list[str]]:
    """The apps by the CRM's name, and what is wrong with them."""
    apps: dict[str, CrmApp] = {}
    wrong = []
    for name, label in CRMS.items():
        client_id, secret, base = (
            environment.get(f"{name.upper()}_{word}", "").strip()
            for word in ("CLIENT_ID", "CLIENT_SECRET", "BASE_URL")
        )
        if base and not _web_address(base):
            wrong.append(
                f"{name.upper()}_BASE_URL is no address: {base!r}; leave it out for {label} itself"
            )
        if bool(client_id) != bool(secret):
            wrong.append(
                f"{name.upper()}_CLIENT_ID and {name.upper()}_CLIENT_SECRET go together: both are"
                f" from Repline's app at {label}"
            )
        elif client_id:
            apps[name] = CrmApp(client_id, secret, base.rstrip("/"))
    return apps, wrong


def _instant(written: str) -> int | None:
    """Milliseconds since 1970 UTC; None for what is no time, or a time without an offset."""
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return None
    return int(instant.timestamp() * 1000) if instant.tzinfo else None


def _web_address(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port above 65535, half an IPv6 address
        return None
    return parts if usable else None


def _public_url_faults(url: str, *, local: bool) -> list[str]:
    parts = _web_address(url)
    if parts is None or parts.hostname is None:
        return [f"PUBLIC_URL is no address: {url!r}; it looks like https://repline.example.com"]
    faults = []
    if parts.scheme == "http" and not local:
        faults.append("PUBLIC_URL must begin with https://: texts travel over it")
    if parts.query or parts.fragment or parts.username:
        faults.append("PUBLIC_URL may not carry a query, a fragment or a user name")
    if "_" in parts.hostname:
        # Twilio drops status callbacks to hosts with an underscore (docs: StatusCallback).
        faults.append("PUBLIC_URL may not have an underscore in its host: Twilio refuses it")
    return faults
