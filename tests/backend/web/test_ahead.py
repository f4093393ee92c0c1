"""What is answered ahead of Flask is served with the same care as what is behind it."""

import io
import re

import pytest
from flask import Flask
from structlog.testing import capture_logs

from backend.web import requests
from backend.web.ahead import Ahead, Answer


@pytest.fixture
def asked():
    return []


@pytest.fixture
def client(asked):
    app = Flask("test")
    requests.register(app)

    @app.post("/behind")
    def behind():
        return "behind"

    def ahead(environ):
        asked.append(environ["wsgi.input"].read())
        return Answer(200, b"ahead", (("Content-Type", "text/plain"),))

    def failing(environ):
        raise RuntimeError("out of luck")

    roads = {"/ahead": ahead, "/nothing": lambda environ: Answer(204), "/failing": failing}
    app.wsgi_app = Ahead(app.wsgi_app, roads)
    return app.test_client()


def test_what_has_a_road_is_answered_there_and_all_else_behind(client):
    assert client.post("/ahead").data == b"ahead"
    assert client.post("/behind").data == b"behind"
    assert client.post("/ahead/").status_code == 404


@pytest.mark.parametrize("path", ["/ahead", "/failing", "/behind"])
def test_every_answer_names_its_request(client, path):
    names = {client.post(path).headers["X-Request-Id"] for _ in range(2)}
    assert len(names) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in names)


@pytest.mark.parametrize("path", ["/ahead", "/nothing", "/failing", "/behind"])
def test_no_answer_may_be_framed_run_or_guessed_about(client, path):
    headers = client.post(path).headers
    assert {name: headers[name] for name in requests.PROTECTED} == requests.PROTECTED


@pytest.mark.parametrize("method", ["get", "put", "delete", "options", "head"])
def test_only_a_post_gets_through(client, asked, method):
    answer = getattr(client, method)("/ahead")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert asked == []


def test_a_failure_is_answered_500_and_logged_with_its_reason(client):
    with capture_logs() as logged:
        answer = client.post("/failing", input_stream=io.BytesIO(b"secret words"))
    assert (answer.status_code, answer.data) == (500, b"")
    (entry,) = logged
    assert (entry["event"], entry["log_level"], entry["path"]) == (
        "request.failed",
        "error",
        "/failing",
    )
    assert entry["exc_info"]


def test_an_answer_says_how_long_it_is_and_none_is_not_zero_bytes_long(client):
    assert client.post("/ahead").headers["Content-Length"] == "5"
    assert "Content-Length" not in client.post("/nothing").headers
