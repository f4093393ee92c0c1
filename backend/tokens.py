"""Tokens: short-lived access tokens (JWT) and the refresh tokens that they are renewed with."""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass

import jwt
import msgspec

from backend.config import Config
from backend.keys import derive
from backend.store.rows import now

ACCESS_MS = 10 * 60 * 1000
AUDIENCE = "repline"
TYPE = "at+jwt"
"""RFC 9068's type of an access token: no other JWT that we may ever sign passes for one."""
_ALGORITHM = "HS256"
_REQUIRED = ["exp", "iss", "aud", "sub", "iat"]
_SESSION_BYTES = 8
_SECRET_BYTES = 32
_MAC_BYTES = 16


class TokenError(Exception):
    """The token is not good; the message says no more than a stranger may know."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a token speaks for; ``expires_at`` in ms since 1970 UTC.

    ``scopes`` is None for people, who may do what their role allows; a program's API key has some,
    no session, and a ``name``.
    """

    user: int
    team: int
    session: int
    expires_at: int
    scopes: frozenset[str] | None = None
    name: str = ""


class _Claims(msgspec.Struct):
    sub: str
    team: int
    sid: int
    exp: int
    iat: int


class Tokens:
    """Makes and reads the tokens of one backend: ``PUBLIC_URL`` is the issuer."""

    def __init__(self, config: Config) -> None:
        self._issuer = config.public_url
        self._access_key = derive(config.secret_key, "access tokens")
        self._refresh_key = derive(config.secret_key, "refresh tokens")

    def issue(self, user: int, team: int, session: int) -> tuple[str, int]:
        """A new access token and when it ends (ms since 1970 UTC)."""
        issued = now() // 1000
        expires = issued + ACCESS_MS // 1000
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": str(user),
            "team": team,
            "sid": session,
            "iat": issued,
            "exp": expires,
        }
        token = jwt.encode(claims, self._access_key, _ALGORITHM, headers={"typ": TYPE})
        return token, expires * 1000

    def read(self, token: str) -> Identity:
        """Who the access token speaks for, or :class:`TokenError`."""
        try:
            decoded = jwt.decode_complete(
                token,
                self._access_key,
                algorithms=[_ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                options={"require": _REQUIRED, "strict_aud": True},
            )
            claims = msgspec.convert(decoded["payload"], _Claims)
            user = int(claims.sub)
        except jwt.ExpiredSignatureError:
            raise TokenError("The access token has ended: refresh it.") from None
        except (jwt.PyJWTError, msgspec.ValidationError, ValueError):
            raise TokenError("The access token is not valid: sign in.") from None
        # Ours live this long and no longer, whoever it was that signed one with our key.
        if decoded["header"].get("typ") != TYPE or claims.exp - claims.iat != ACCESS_MS // 1000:
            raise TokenError("This is not an access token.")
        return Identity(user, claims.team, claims.sid, claims.exp * 1000)

    def first_refresh(self, session: int) -> str:
        """The refresh token that a session starts with."""
        return self._sealed(session, secrets.token_bytes(_SECRET_BYTES))

    def next_refresh(self, session: int, token: str) -> str:
        """The one that follows ``token``: the same each time, so that a lost answer can be given
        again, and unknowable without our key."""
        return self._sealed(session, self._mac(b"next" + token.encode()))

    def session_of(self, refresh_token: str) -> int:
        """The session that we once gave this refresh token to, or :class:`TokenError`.

        Old ones are told from forged ones, so that only a thief's or victim's ends a session.
        """
        try:
            raw = base64.b64decode(refresh_token.encode("ascii"), b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raw = b""
        sealed, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        if len(raw) != _SESSION_BYTES + _SECRET_BYTES + _MAC_BYTES or not hmac.compare_digest(
            mac, self._mac(b"seal" + sealed)[:_MAC_BYTES]
        ):
            raise TokenError("The refresh token is not valid: sign in.")
        return int.from_bytes(sealed[:_SESSION_BYTES])

    def _sealed(self, session: int, secret: bytes) -> str:
        sealed = session.to_bytes(_SESSION_BYTES) + secret
        mac = self._mac(b"seal" + sealed)[:_MAC_BYTES]
        return base64.urlsafe_b64encode(sealed + mac).decode()

    def _mac(self, data: bytes) -> bytes:
        return hmac.digest(self._refresh_key, data, "sha256")


def fingerprint(refresh_token: str) -> str:
    """What the database keeps of a refresh token: its SHA-256, in hex."""
    return hashlib.sha256(refresh_token.encode()).hexdigest()
