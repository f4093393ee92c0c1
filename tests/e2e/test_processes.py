"""Child processes of the e2e tests, the demo and the benchmarks: started, found and ended."""

import os
import signal

import pytest
import requests

from demo.browser import Process, free_port

SERVER = """
import json, signal, subprocess, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}", "worker": worker.pid}))
print("x" * 1_000_000, flush=True)
print("serving", file=sys.stderr, flush=True)
server.serve_forever()
"""


@pytest.fixture(autouse=True)
def server(tmp_path):
    (tmp_path / "tiny_server.py").write_text(SERVER)
    (tmp_path / "broken.py").write_text("raise SystemExit('no database here')")
    (tmp_path / "silent.py").write_text("import time; time.sleep(600)")


def gone(pid: int) -> bool:
    """Whether the process has ended (a zombie that nobody waits for has)."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_child_says_where_it_is_and_what_it_writes_later_does_not_block_it(tmp_path):
    with Process(["tiny_server"], cwd=tmp_path) as child:
        assert requests.get(child.url, timeout=5).status_code == 200
        assert "serving" in child.stderr()
    assert not child.alive()


def test_a_killed_child_leaves_no_workers_and_can_start_again(tmp_path):
    with Process(["tiny_server"], cwd=tmp_path) as child:
        worker = child.hello["worker"]
        os.kill(worker, 0)
        assert child.kill() == -signal.SIGKILL
        assert not child.alive()
        child.start()
        assert requests.get(child.url, timeout=5).status_code == 200
        assert gone(worker)


def test_a_child_that_ignores_term_is_killed(tmp_path):
    child = Process(["tiny_server", "stubborn"], cwd=tmp_path).start()
    assert child.stop(patience=0.2) == -signal.SIGKILL


def test_a_child_that_fails_to_start_says_why(tmp_path):
    with pytest.raises(RuntimeError, match="no database here"):
        Process(["broken"], cwd=tmp_path).start()


def test_a_child_that_stays_silent_is_given_up(tmp_path):
    child = Process(["silent"], cwd=tmp_path, deadline=0.2)
    with pytest.raises(RuntimeError, match="did not say where it is"):
        child.start()
    assert not child.alive()


def test_a_free_port_is_free():
    assert 0 < free_port() < 65536


def test_what_it_writes_is_whole_after_it_was_read_and_started_anew(tmp_path):
    (tmp_path / "talking.py").write_text(
        "import sys\nfor n in range(3): print('line', n, file=sys.stderr, flush=True)\n"
        'print(\'{"url": ""}\', flush=True)\nsys.stdin.readline() or __import__("time").sleep(600)'
    )
    with Process(["talking"], cwd=tmp_path) as child:
        assert child.stderr() == "line 0\nline 1\nline 2\n"
        child.kill()
        child.start()
        assert child.stderr() == "line 0\nline 1\nline 2\n"
