"""Sign-ins to the admin pages: a cookie that the browser alone can read, and when it ends."""

import hmac
import secrets
from dataclasses import dataclass

from backend.config import Config
from backend.keys import derive
from backend.signing_in import Sessions
from backend.store import audit, sessions, users
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.tokens import fingerprint

IDLE_MS = 12 * 3600 * 1000
LONGEST_MS = 7 * 24 * 3600 * 1000
_STEP_MS = 5 * 60 * 1000
"""The end of a session in use moves in steps: not every look at a page is a write."""
CLIENT = "Admin pages"


class NotAnAdmin(Exception):
    """E-mail and password are right, but these pages are for admins."""


@dataclass(frozen=True)
class SignedIn:
    """Who looks at the admin pages. ``form_token`` has to come with everything that they change."""

    user: int
    team: int
    session: int
    name: str
    email: str
    team_name: str
    admin: bool
    form_token: str


class PageSessions:
    def __init__(self, config: Config, writer: Writer, signing_in: Sessions) -> None:
        self._writer = writer
        self._signing_in = signing_in
        self._key = derive(config.secret_key, "admin forms")

    def sign_in(self, email: str, password: str, address: str, *, instead_of: str) -> str:
        """The new session's token. ``instead_of`` is the token that the browser held: it is good
        no more. Raises ``SignInRefused``, ``Throttled`` or :class:`NotAnAdmin`."""
        known = self._signing_in.recognise(email, password, address)
        account = users.account(known.team, known.id)
        if account is None:
            raise NotAnAdmin
        admin = account[0].role == "admin"
        token = secrets.token_urlsafe(32)

        def work(tx: Transaction) -> None:
            who = Actor(known.team, known.id, account[0].email, address)
            if not admin:
                cause = {"cause": "no admin", "client": CLIENT}
                audit.add(tx, who, "session.refused", who.name, after=cause)
                return
            former = sessions.by_token(_hash(instead_of)) if instead_of else None
            if former:
                sessions.end(tx, former.team, former.id)
            session = sessions.start(
                tx, known.team, known.id, client=CLIENT, expires_at=now() + IDLE_MS
            )
            sessions.rotate(tx, known.team, session, None, _hash(token))
            audit.add(tx, who, "session.started", CLIENT)

        self._writer(work)
        if not admin:
            raise NotAnAdmin
        return token

    def find(self, token: str) -> SignedIn | None:
        """Whose token it is; None when the session has ended, for any reason."""
        found = sessions.by_token(_hash(token)) if token else None
        account = users.account(found.team, found.user) if found else None
        if found is None or account is None:
            return None
        self._stay(found)
        user, team = account
        return SignedIn(
            user=user.id,
            team=team.id,
            session=found.id,
            name=user.name,
            email=user.email,
            team_name=team.name,
            admin=user.role == "admin",
            form_token=hmac.digest(self._key, token.encode(), "sha256").hex(),
        )

    def sign_out(self, who: SignedIn, address: str) -> None:
        actor = Actor(who.team, who.user, who.email, address)

        def work(tx: Transaction) -> None:
            if sessions.end(tx, who.team, who.session):
                audit.add(tx, actor, "session.ended", CLIENT)

        self._writer(work)

    def _stay(self, found: sessions.Chain) -> None:
        times = sessions.times(found.team, found.id)
        if times is None:
            return
        created, expires = times
        end = min(now() + IDLE_MS, created + LONGEST_MS)
        if end - expires >= _STEP_MS:
            self._writer(lambda tx: sessions.extend(tx, found.team, found.id, end))


def _hash(token: str) -> str:
    # Not the hash of a refresh token: what renews an extension's session opens no pages.
    return fingerprint("admin pages " + token)
