"""Which Chromium to start, and with which flags."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Playwright

# Debian's /usr/bin/chromium is a script around the first of these.
PLACES = ("/usr/lib/chromium/chromium", "chromium", "chromium-browser")


def find_chromium(playwright: Playwright) -> str:
    """$CHROMIUM, the system's, or playwright's own. RuntimeError when there is none.

    Not Chrome: branded builds ignore --load-extension.
    """
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    for place in PLACES:
        if found := shutil.which(place):
            return found
    own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    raise RuntimeError("no Chromium found: install Debian's chromium, or set CHROMIUM")


def flags(extension: Path, https_port: int | None) -> list[str]:
    """Flags for an unpacked extension and a browser that reaches nothing but this machine.

    With ``https_port`` every https host is 127.0.0.1 at that port, whatever its certificate says.
    """
    rules = ["MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost"]
    if https_port:
        rules.insert(0, f"MAP *:443 127.0.0.1:{https_port}")
    return [
        f"--disable-extensions-except={extension}",
        f"--load-extension={extension}",
        "--enable-unsafe-extension-debugging",
        f"--host-resolver-rules={', '.join(rules)}",
        "--ignore-certificate-errors",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
    ]
