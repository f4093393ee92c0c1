"""``repline demo``: everything on this machine, for a person to try."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from backend.zones import zone
from demo import logged
from demo.seed import ANA, ANA_NUMBER, PASSWORD
from demo.stack import NOON, ROOT, Stack

MAYA = "+14045550187"
WORDS = """
Repline is running on this machine, with a Twilio and phones of its own. Nothing is sent anywhere.

  1. The CRM             {crm}
  2. The extension       {extension}
  3. Sign in             click Repline's icon in the toolbar (a puzzle piece hides new ones)
                         server    {server}
                         e-mail    {email}
                         password  {password}
  4. Open Maya Okonkwo and click Message.
  5. Answer as Maya      {phone}
  6. Log to Salesforce   {salesforce}
                         text Eve from there: each text becomes an activity on her page

{stop}
"""
NIGHT = (
    "It is not a time for texting now where the people of the CRM live: quiet hours go as if it\n"
    "were a Tuesday noon in Atlanta, and what the pane says of hours is off by as much."
)
LOAD = "in Chrome open chrome://extensions, switch on Developer mode,\n{:25}Load unpacked: {}"


def run() -> None:
    """Run until interrupted. Opens Chromium with the extension where there is a display."""
    # Also one that comes while we start has to take the other processes along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # What a script starts in the background is made deaf to Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ports = [_preferred(each) for each in (8000, 8001, 8002, 8003)]
    day = _is_day()
    with Stack(
        port=ports[0],
        crm_port=ports[1],
        simulator_port=ports[2],
        crm="salesforce",
        connected_port=ports[3],
        simulated_time="" if day else NOON,
    ) as stack:
        extension = ROOT / "extension"
        phone = urlencode({"phone": MAYA, "to": ANA_NUMBER})
        browser = _open_browser([stack.crm.url, f"{stack.simulator.url}/?{phone}"], stack)
        sys.stdout.write(
            WORDS.format(
                crm=stack.crm.url,
                extension="loaded in the Chromium that has opened"
                if browser
                else LOAD.format("", extension),
                server=stack.backend.url,
                email=ANA,
                password=PASSWORD,
                phone=f"{stack.simulator.url}/?{phone}",
                salesforce=f"{stack.connected.url}{logged.EVES_PAGE}",
                stop="Press Ctrl+C to stop." if day else NIGHT + "\n\nPress Ctrl+C to stop.",
            )
        )
        sys.stdout.flush()
        try:
            # Each second, since a signal that comes just before would be slept through.
            while not threading.Event().wait(1):
                pass
        except KeyboardInterrupt:
            sys.stdout.write("\n")
        finally:
            if browser:
                browser.terminate()


def _is_day() -> bool:
    """Whether most people of the CRM may be texted now, from New York to Los Angeles."""
    at = datetime.now(zone("America/New_York"))
    return at.weekday() < 5 and 12 <= at.hour < 19


def _open_browser(addresses: Sequence[str], stack: Stack) -> subprocess.Popen[bytes] | None:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not shown or not chromium:
        return None
    return subprocess.Popen(
        [
            chromium,
            f"--load-extension={ROOT / 'extension'}",
            f"--user-data-dir={stack.folder / 'chromium'}",
            "--no-first-run",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            *addresses,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _preferred(port: int) -> int:
    """The port if it is free, so that addresses stay the same; otherwise 0 for any."""
    try:
        # Not one of an earlier run whose connections are still winding down: that can be reused.
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return 0
    return port
