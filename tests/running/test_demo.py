"""``repline demo`` as a person starts and stops it."""

import os
import re
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import requests

from demo.run import _preferred
from demo.stack import ROOT

pytestmark = pytest.mark.only_on("sqlite")  # the demo's, whatever the tests run on


@pytest.fixture
def demo():
    without_display = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "demo"],
        cwd=ROOT,
        env=without_display,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield running
    running.kill()
    running.communicate()


@pytest.mark.only_on("sqlite")  # the demo is the embedded deployment
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_what_it_prints_is_there_and_is_gone_when_it_is_stopped(demo, how):
    said = ""
    while "Ctrl+C" not in said:
        line = demo.stdout.readline()
        assert line, said
        said += line
    crm, server, phone, salesforce = re.findall(r"http://\S+", said)
    assert requests.get(f"{server}/readyz", timeout=10).ok
    for page in (crm, phone, salesforce):
        assert requests.get(page, timeout=10).ok
    demo.send_signal(how)
    assert demo.wait(20) == 0
    for address in (crm, server, phone, salesforce):
        parts = urlsplit(address)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((parts.hostname, parts.port), timeout=5)


def test_a_port_whose_connections_wind_down_is_taken_again():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert _preferred(port) == 0
        theirs = socket.create_connection(("127.0.0.1", port))
        ours, _ = listener.accept()
        ours.close()  # who closes first keeps the address for a minute
        theirs.close()
    assert _preferred(port) == port
