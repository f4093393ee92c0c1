"""The simulator as a process of its own, its file, and starting over."""

import json
import subprocess
import sys

import pytest
import requests
from twilio.rest import Client

from simulator.server import Simulator
from simulator.settings import Settings
from tests.simulator.elsewhere import ACCOUNT, MAYA, OURS, TOKEN, MappedHttpClient

COMMAND = [sys.executable, "-m", "simulator", "--account-sid", ACCOUNT, "--auth-token", TOKEN]


def test_it_says_where_it_is_once_it_listens_and_ends_when_asked(tmp_path):
    more = ["--port", "0", "--number", OURS, "--state", f"{tmp_path}/state.json", "--pace", "0"]
    process = subprocess.Popen([*COMMAND, *more], stdout=subprocess.PIPE, text=True)
    try:
        url = json.loads(process.stdout.readline())["url"]
        twilio = Client(ACCOUNT, TOKEN, http_client=MappedHttpClient(url, timeout=5))
        assert twilio.messages.create(to=MAYA, from_=OURS, body="Hi").status == "queued"
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()
    assert [m["body"] for m in json.loads((tmp_path / "state.json").read_text())["ledger"]] == [
        "Hi"
    ]


@pytest.mark.parametrize("wrong", [["--auth-token", ""], ["--number", "12"]])
def test_it_does_not_start_with_what_cannot_work(wrong):
    ended = subprocess.run([*COMMAND, *wrong], capture_output=True, text=True, timeout=20)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: ")
    assert "Traceback" not in ended.stderr


def test_a_file_brings_everything_back(settings, tmp_path, backend):
    kept = Settings(**{**vars(settings), "state_file": tmp_path / "state.json"})
    with Simulator(kept) as first:
        twilio = Client(ACCOUNT, TOKEN, http_client=MappedHttpClient(first.url, timeout=5))
        made = twilio.messages.create(to=MAYA, from_=OURS, body="Hi")
        texts = f"{first.url}/simulator/texts"
        requests.post(texts, json={"from": MAYA, "to": OURS, "body": "STOP"}, timeout=5)
        assert first.settle()
    with Simulator(kept) as second:
        twilio = Client(ACCOUNT, TOKEN, http_client=MappedHttpClient(second.url, timeout=5))
        assert twilio.messages(made.sid).fetch().status == "delivered"
        with second.state.look() as books:
            assert (OURS, MAYA) in books.opt_outs
            assert len(books.numbers) == 2


def test_a_file_that_is_something_else_is_not_overwritten(settings, tmp_path):
    path = tmp_path / "letters.json"
    path.write_text('{"accounts": "none"}')
    with pytest.raises(ValueError, match="not a simulator's state"):
        Simulator(Settings(**{**vars(settings), "state_file": path}))
    assert path.read_text() == '{"accounts": "none"}'


def test_reset_forgets_texts_opt_outs_and_faults_and_keeps_the_numbers(
    simulator, twilio, text, inbox
):
    text(MAYA, "STOP")
    simulator.fault("http_429")
    assert requests.post(f"{simulator.url}/simulator/reset", timeout=5).ok
    assert inbox(MAYA) == []
    assert twilio.messages.list() == []
    assert len(twilio.incoming_phone_numbers.list()) == 2
    assert twilio.messages.create(to=MAYA, from_=OURS, body="Hi").sid


def test_the_deliveries_tell_what_was_tried(simulator, text, backend):
    backend.answers = [500]
    said = text(MAYA, "Hi")
    url = f"{simulator.url}/simulator/deliveries"
    (tried,) = requests.get(url, params={"sid": said["sid"]}, timeout=5).json()["deliveries"]
    assert (tried["kind"], tried["attempt"], tried["status"]) == ("inbound", 1, 500)


def test_news_comes_as_events(simulator, text):
    url = f"{simulator.url}/simulator/events"
    with requests.get(url, stream=True, timeout=5) as stream:
        lines = stream.iter_lines(chunk_size=1)
        first = next(line for line in lines if line.startswith(b"data: "))
        text(MAYA, "Hi")
        assert next(line for line in lines if line.startswith(b"data: ")) > first
