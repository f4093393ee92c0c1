"""Signing in and staying so: sessions, their refresh tokens, and when they end."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.passwords import Passwords
from backend.store import audit, sessions, sign_in_tries, teams, users
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.throttle import Throttle, Throttled, network
from backend.tokens import Identity, TokenError, Tokens, fingerprint
from shared import wire

SESSION_MS = 30 * 24 * 3600 * 1000
LOST_ANSWER_MS = 60 * 1000
"""How long the refresh token before the latest is taken too: the answer to it may be lost."""
# An office shares one address; somebody who is locked out by a stranger waits a minute.
BY_EMAIL = Throttle(free=5, longest=60)
BY_ADDRESS = Throttle(free=20, longest=900)


class SignInRefused(Exception):
    """E-mail and password do not belong together, or the user is disabled: nobody is told which."""


@dataclass(frozen=True)
class Grant:
    """What a browser holds after signing in; ``expires_at`` is the access token's end (ms)."""

    access_token: str
    refresh_token: str
    expires_at: int
    user: wire.User
    team: wire.Team


class Sessions:
    def __init__(self, writer: Writer, tokens: Tokens, passwords: Passwords) -> None:
        self._writer = writer
        self._tokens = tokens
        self._passwords = passwords

    def sign_in(self, email: str, password: str, client: str, address: str) -> Grant:
        """Start a session; raises :class:`SignInRefused` or ``Throttled``.

        ``address`` is the caller's, ``client`` what it says of itself.
        """
        known = self.recognise(email, password, address)

        def work(tx: Transaction) -> tuple[int, str]:
            session = sessions.start(
                tx, known.team, known.id, client=client, expires_at=now() + SESSION_MS
            )
            token = self._tokens.first_refresh(session)
            sessions.rotate(tx, known.team, session, None, fingerprint(token))
            who = Actor(known.team, known.id, email.strip().lower(), address)
            audit.add(tx, who, "session.started", client or "extension")
            return session, token

        session, token = self._writer(work)
        return self._grant(known.team, known.id, session, token)

    def recognise(self, email: str, password: str, address: str) -> users.Secret:
        """Whose e-mail and password these are; raises as :meth:`sign_in` does.

        ``address`` is noted beside what was refused.
        """
        email = email.strip().lower()
        by_email = sign_in_tries.key("email", email)
        by_address = sign_in_tries.key("address", network(address))
        self._count({by_address: BY_ADDRESS, by_email: BY_EMAIL})
        known = users.secret_of(email)
        right = self._passwords.verify(known.password_hash if known else None, password)
        if known is None or not right or known.disabled:
            self._refused(known, right, email, address)
            raise SignInRefused
        outdated = self._passwords.outdated(known.password_hash)
        renewed = self._passwords.hash(password) if outdated else ""

        def work(tx: Transaction) -> None:
            sign_in_tries.forget(tx, by_email)
            sign_in_tries.give_back(tx, by_address, BY_ADDRESS)
            if renewed:
                users.set_password(tx, known.team, known.id, renewed)

        self._writer(work)
        return known

    def _count(self, limits: dict[str, Throttle]) -> None:
        """Count a try by all of these keys, or raise ``Throttled``."""
        # Who has to wait is told so beside the writer: a flood of guesses holds up no text.
        seconds = sign_in_tries.wait(limits) or self._writer(
            lambda tx: sign_in_tries.take(tx, limits)
        )
        if seconds:
            raise Throttled(seconds)

    def _refused(self, known: users.Secret | None, right: bool, email: str, address: str) -> None:
        def work(tx: Transaction) -> None:
            if known is None:
                # Nobody's log to note it in; but time must not tell whether there is somebody.
                teams.touch(tx)
                return
            cause = "the user is disabled" if right else "wrong password"
            stranger = Actor(known.team, None, email, address)
            audit.add(tx, stranger, "session.refused", email, after={"cause": cause})

        self._writer(work)

    def refresh(self, token: str) -> Grant:
        """Exchange a refresh token for the next one; raises :class:`TokenError`.

        A token that was exchanged before is in two hands, unless its answer was lost just now:
        nobody can tell the thief's from the victim's, so the session ends.
        """
        session = self._tokens.session_of(token)
        given = fingerprint(token)

        def work(tx: Transaction) -> tuple[sessions.Chain | None, str]:
            chain = sessions.chain(session)
            if chain is None:
                return None, ""
            following = self._tokens.next_refresh(session, token)
            if given == chain.token_hash:
                sessions.rotate(tx, chain.team, session, given, fingerprint(following))
                return chain, following
            lost = given == chain.previous_hash and now() - chain.rotated_at <= LOST_ANSWER_MS
            if lost:
                return chain, following
            sessions.end(tx, chain.team, session)
            return None, ""

        chain, following = self._writer(work)
        if chain is None:
            raise TokenError("The session has ended: sign in.")
        return self._grant(chain.team, chain.user, session, following)

    def sign_out(self, identity: Identity, address: str) -> None:
        account = users.account(identity.team, identity.user)
        who = Actor(identity.team, identity.user, account[0].email if account else "", address)

        def work(tx: Transaction) -> None:
            if sessions.end(tx, identity.team, identity.session):
                audit.add(tx, who, "session.ended")

        self._writer(work)

    def read(self, access_token: str) -> Identity:
        """Who calls; raises :class:`TokenError`, also when the session has ended since."""
        identity = self._tokens.read(access_token)
        if not sessions.alive(identity.team, identity.user, identity.session):
            raise TokenError("The session has ended: sign in.")
        return identity

    def _grant(self, team: int, user: int, session: int, refresh_token: str) -> Grant:
        account = users.account(team, user)
        if account is None:
            raise TokenError("The session has ended: sign in.")
        access_token, expires_at = self._tokens.issue(user, team, session)
        return Grant(access_token, refresh_token, expires_at, *account)


def ended(held: Sequence[int]) -> list[int]:
    """Which of these sessions have ended or whose user is disabled: their sockets close."""
    return sessions.ended(held)
