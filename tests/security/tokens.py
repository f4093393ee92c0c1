"""Access tokens that somebody would like to be good, made of one that is."""

import base64
import dataclasses
import json
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from backend.config import Config
from backend.keys import derive
from backend.push import WebPusher
from backend.tokens import AUDIENCE, TYPE, Tokens

_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_PUBLIC = _RSA.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
_SECONDS = {
    "expired": {"iat": -700, "exp": -100},
    "not yet issued": {"iat": 3600, "exp": 4200},
    "good for years": {"exp": 10 * 365 * 86_400},
    "good for ever": {"exp": 2**53},
    "not good before later": {"nbf": 3600},
}
_CLAIMS = {
    "of no issuer": {"iss": ...},
    "of another issuer": {"iss": "https://repline.example.org"},
    "for nobody": {"aud": ...},
    "for others too": {"aud": [AUDIENCE, "others"]},
    "without an end": {"exp": ...},
    "without a beginning": {"iat": ...},
    "without a user": {"sub": ...},
    "without a team": {"team": ...},
    "without a session": {"sid": ...},
    "of a session that never was": {"sid": 2**40},
}
_HEADERS = {
    "a refresh token by its type": {"typ": "rt+jwt"},
    "any JWT by its type": {"typ": "JWT"},
    "of no type": {"typ": None},
    "with a key of its own": {"jku": "https://evil.example/keys", "kid": "../../dev/null"},
}


def bad_tokens(config: Config, good: str) -> dict[str, str]:
    """What is wrong with it -> the token. ``good`` is the access token of a user."""
    key = derive(config.secret_key, "access tokens")
    claims = jwt.decode(good, options={"verify_signature": False})
    head, body, mac = good.split(".")

    def signed(changes: Any = (), with_key: Any = key, alg: str = "HS256", header: Any = None):
        changed = {**claims, **dict(changes)}
        kept = {name: value for name, value in changed.items() if value is not ...}
        return jwt.encode(kept, with_key, alg, headers=header or {"typ": TYPE})

    now = claims["iat"]
    in_time = {
        what: signed({name: now + shift for name, shift in shifts.items()})
        for what, shifts in _SECONDS.items()
    }
    stranger = Tokens(dataclasses.replace(config, secret_key="another secret that is long enough"))
    public = base64.urlsafe_b64decode(WebPusher(config).public_key + "==")
    return {
        "empty": "",
        "nonsense": "x.y.z",
        "cut": good[:-2],
        "another body": f"{head}.{_part({**claims, 'team': 2})}.{mac}",
        "without signature": f"{head}.{body}.",
        "alg none": f"{_part({'alg': 'none', 'typ': TYPE})}.{body}.",
        "alg None": f"{_part({'alg': 'None', 'typ': TYPE})}.{body}.{mac}",
        "signed with RSA": signed(with_key=_RSA, alg="RS256"),
        "a public key taken for a secret": _forged(claims, _PUBLIC),
        "our public key taken for a secret": _forged(claims, public),
        "our secret taken for the key": signed(with_key=config.secret_key.encode()),
        "the key of another purpose": signed(with_key=derive(config.secret_key, "admin forms")),
        "of another backend": stranger.issue(int(claims["sub"]), claims["team"], claims["sid"])[0],
        **in_time,
        **{what: signed(changes) for what, changes in _CLAIMS.items()},
        **{
            what: signed(header=header, with_key=key if "typ" in header else b"theirs" * 8)
            for what, header in _HEADERS.items()
        },
    }


def _forged(claims: dict[str, Any], key: bytes) -> str:
    """By hand: pyjwt makes no HMAC with what it knows for a public key."""
    signing = f"{_part({'alg': 'HS256', 'typ': TYPE})}.{_part(claims)}"
    mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    return f"{signing}.{_base64(mac.sign(signing.encode(), key))}"


def _part(value: Any) -> str:
    return _base64(json.dumps(value).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
