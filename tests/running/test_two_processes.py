"""Web and worker as processes of their own on one database; Redis only wakes them."""

import os
import subprocess
import sys
import tempfile

import pytest

from demo.browser import free_port
from demo.seed import ANA_NUMBER
from demo.stack import ROOT, Stack
from tests.running.rep import Phones, Rep, fresh_mobile, sign_in


@pytest.fixture(scope="module")
def redis():
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert server.stdout
        assert any("Ready to accept connections" in line for line in server.stdout)
        yield server, f"redis://127.0.0.1:{port}/0"
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def stack(redis):
    _, url = redis
    with Stack(redis_url=url) as running:
        worker = subprocess.Popen(
            [sys.executable, "-m", "backend.cli", "work"],
            env={**os.environ, **running.environment},
            cwd=ROOT,
        )
        yield running
        worker.terminate()
        worker.wait()


def test_a_text_is_handed_over_by_the_worker_and_its_status_reaches_the_socket(stack):
    phones, mobile = Phones(stack), fresh_mobile()
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        message = rep.text(rep.open(mobile), "Across processes")
        rep.status(message, "delivered")
    assert phones.received(mobile) == ["Across processes"]


def test_with_redis_gone_texts_still_arrive(stack, redis):
    server, _ = redis
    phones, mobile = Phones(stack), fresh_mobile()
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        server.kill()
        server.wait()
        phones.text(mobile, ANA_NUMBER, "Without Redis")
        assert rep.wait("message.created")["message"]["body"] == "Without Redis"
        conversation = rep.seen[-1]["conversation"]["id"]
        assert rep.text(conversation, "Kept until a worker can be woken")
