"""Access tokens: only ours, only this kind, only now."""

import base64
import json
import time

import jwt
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from backend.keys import derive
from backend.tokens import AUDIENCE, TYPE, Identity, TokenError, Tokens
from tests.backend.world import SECRET

URL = "https://repline.example.com"


def signed(key: bytes | None = None, header: dict | None = None, alg="HS256", **claims) -> str:
    at = int(time.time())
    right = {
        "iss": URL,
        "aud": AUDIENCE,
        "sub": "1",
        "team": 2,
        "sid": 3,
        "iat": at,
        "exp": at + 600,
    }
    body = {name: value for name, value in {**right, **claims}.items() if value is not ...}
    key = derive(SECRET, "access tokens") if key is None else key
    return jwt.encode(body, key, alg, headers={"typ": TYPE} if header is None else header)


def test_a_token_says_who_it_speaks_for_and_until_when(config):
    with time_machine.travel(1_800_000_000, tick=False):
        token, expires_at = Tokens(config).issue(1, 2, 3)
        identity = Tokens(config).read(token)
    assert identity == Identity(1, 2, 3, expires_at)
    assert expires_at == 1_800_000_600_000


def test_the_forger_of_these_tests_makes_good_tokens_too(config):
    assert Tokens(config).read(signed()).session == 3


def test_a_token_ends_on_the_second(config):
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        token, _ = Tokens(config).issue(1, 2, 3)
        clock.shift(599)
        Tokens(config).read(token)
        clock.shift(1)
        with pytest.raises(TokenError, match="ended"):
            Tokens(config).read(token)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": ...},
        {"aud": "another"},
        {"aud": [AUDIENCE]},
        {"aud": ...},
        {"sub": ...},
        {"sub": "ana"},
        {"team": ...},
        {"team": "2"},
        {"sid": ...},
        {"sid": None},
        {"exp": ...},
        {"exp": "soon"},
        {"iat": ...},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
    ],
    ids=str,
)
def test_a_token_with_other_claims_is_refused_even_with_our_key(config, claims):
    with pytest.raises(TokenError):
        Tokens(config).read(signed(**claims))


@pytest.mark.parametrize("typ", ["JWT", "at+JWT", "rt+jwt", "", None])
def test_every_other_type_is_refused_even_with_our_key(config, typ):
    with pytest.raises(TokenError):
        Tokens(config).read(signed(header={"typ": typ}))


@pytest.mark.filterwarnings("ignore:The HMAC key")
def test_another_algorithm_is_refused_even_with_our_key(config):
    for alg in ("HS384", "HS512"):
        with pytest.raises(TokenError):
            Tokens(config).read(signed(alg=alg))


def test_a_token_without_signature_is_refused(config):
    part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")  # noqa: E731
    claims = jwt.decode(signed(), options={"verify_signature": False})
    for alg in ("none", "None", "NONE", "HS256"):
        token = b".".join((part({"alg": alg, "typ": TYPE}), part(claims), b"")).decode()
        with pytest.raises(TokenError):
            Tokens(config).read(token)


def test_another_backends_token_is_refused(config, other_config):
    token, _ = Tokens(other_config).issue(1, 2, 3)
    with pytest.raises(TokenError):
        Tokens(config).read(token)
    # Nor does the secret itself sign, nor the key of another purpose.
    for key in (SECRET.encode(), derive(SECRET, "refresh tokens"), b"guessed" * 8):
        with pytest.raises(TokenError):
            Tokens(config).read(signed(key))


def test_a_changed_claim_breaks_the_signature(config):
    head, _, mac = signed().split(".")
    _, other, _ = signed(sub="2").split(".")
    with pytest.raises(TokenError):
        Tokens(config).read(f"{head}.{other}.{mac}")


@given(st.one_of(st.text(), st.binary().map(lambda b: base64.urlsafe_b64encode(b).decode())))
def test_rubbish_is_refused_and_never_an_error_of_ours(config, rubbish):
    tokens = Tokens(config)
    for text in (rubbish, f"{rubbish}.{rubbish}.{rubbish}", signed() + rubbish + "x"):
        with pytest.raises(TokenError):
            tokens.read(text)
        with pytest.raises(TokenError):
            tokens.session_of(text)
