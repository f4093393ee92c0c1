"""What is sent is read as declared or refused, with the place that is wrong."""

import json

import pytest

SIGN_IN = {"email": "ana@brightpath.example", "password": "x"}
NESTED = b'{"email": ' + b"[" * 30_000 + b"]" * 30_000 + b"}"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "ana@brightpath.example"}, "password"),
        ({**SIGN_IN, "password": 5}, "password"),
        ({**SIGN_IN, "password": ""}, "password"),
        ({**SIGN_IN, "email": "a" * 255}, "email"),
        ({**SIGN_IN, "admin": True}, "admin"),
        ({**SIGN_IN, "email": "ana\x00@brightpath.example"}, "email"),
        ({**SIGN_IN, "password": "\x00"}, "password"),
        ([], ""),
        (b"", ""),
        (b"{", ""),
        (b"null", ""),
        (b"\xff\xfe", ""),
        (b'{"email": "\xed\xa0\x80", "password": "x"}', ""),
        (b'{"email": "\\ud800xyz", "password": "x"}', ""),
        (NESTED, "email"),
        (NESTED.replace(b"email", b"other"), "other"),
        (NESTED[11:-1], ""),
        (json.dumps(SIGN_IN).encode("utf-16"), ""),
        (json.dumps(SIGN_IN).encode() + b"{}", ""),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_body_that_is_not_as_declared_is_refused_and_says_where(api_, body, field):
    answer = api_.call("POST", "/session", body)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["field"] == field
    assert answer.json["status"] == 400
    assert len(answer.json["detail"]) < 400


def test_a_backslash_before_u0000_is_text_like_any_other(api_):
    answer = api_.call("POST", "/session", {**SIGN_IN, "password": "\\u0000"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/jsonp",
        "multipart/form-data; boundary=x",
    ],
)
def test_only_json_is_taken(api_, content_type):
    answer = api_.call("POST", "/session", SIGN_IN, headers={"Content-Type": content_type})
    assert answer.status_code == 415
    assert "application/json" in answer.json["detail"]


def test_json_may_say_its_charset(api_):
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    assert api_.call("POST", "/session", SIGN_IN, headers=headers).status_code == 401


class Untouchable:
    """A body that nobody may read."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = readinto = __iter__ = read


def test_an_oversized_body_is_refused_by_its_length_before_it_is_read(api_):
    environ = {"wsgi.input": Untouchable(), "CONTENT_LENGTH": str(30 * 1024 * 1024)}
    answer = api_.call(
        "POST",
        "/session",
        environ_overrides=environ,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.json["type"] == "urn:repline:too_large"


class Endless:
    """A chunked body of which more comes however much is read."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size=-1):
        assert size >= 0, "all of it was asked for"
        self.given += size
        return b" " * size


def test_a_body_without_a_length_is_read_no_further_than_the_limit(api_):
    body = Endless()
    answer = api_.call(
        "POST",
        "/session",
        environ_overrides={"wsgi.input": body, "wsgi.input_terminated": True},
        headers={"Content-Type": "application/json", "Transfer-Encoding": "chunked"},
    )
    assert answer.status_code == 413
    assert body.given < 256 * 1024


def test_64_kib_is_still_read(api_):
    padded = json.dumps(SIGN_IN).encode().ljust(64 * 1024)
    assert api_.call("POST", "/session", padded).status_code == 401
    assert api_.call("POST", "/session", padded + b" ").status_code == 413


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("search=" + "a" * 101, "search"),
        ("search=%00", "search"),
        ("before=yesterday", "before"),
        ("before=1-2-3", "before"),
        ("colour=red", "colour"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_a_query_that_is_not_as_declared_is_refused_and_says_where(api_, query, field):
    answer = api_.call("GET", f"/conversations?{query}", token=api_.token())
    assert answer.status_code == 400
    assert answer.json["field"] == field


@pytest.mark.parametrize("before", ["9" * 40 + "-1", "1-" + "9" * 40, "٣-١", "²-1"])
def test_a_cursor_that_no_database_could_hold_is_no_error_of_ours(api_, before):
    answer = api_.call("GET", f"/conversations?before={before}", token=api_.token())
    assert answer.status_code == 400
