"""Debian's nginx with nchan: publish and subscribe in C, and nothing else: no signature, no
database, no replay. What is possible at all."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from benchmarks import machine, texts
from benchmarks.peers.single import Single
from demo.browser.processes import free_port

MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
# Pings as often as ours; temporary paths of its own, so that root is not needed.
CONFIGURATION = """
load_module {module};
{user}
worker_processes 1; daemon off; pid nginx.pid; error_log error.log warn;
worker_rlimit_nofile 20000;
events {{ worker_connections 19000; }}
http {{
  access_log off; keepalive_requests 10000000; nchan_shared_memory_size 256M;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location ~ ^/ws/(\\d+)$ {{
      nchan_subscriber websocket; nchan_channel_id $1;
      nchan_subscriber_first_message newest; nchan_websocket_ping_interval 25;
    }}
    location ~ ^/publish/(\\d+)$ {{
      nchan_publisher; nchan_channel_id $1;
      nchan_message_buffer_length 10; nchan_message_timeout 60s;
    }}
  }}
}}
"""


class Nchan(Single):
    name = "nginx + nchan"

    @property
    def absent(self) -> str:
        if not self._nginx:
            return "nginx is not installed"
        return "" if MODULE.exists() else "nginx has no nchan module"

    @property
    def _nginx(self) -> str | None:
        return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="nchan-")
        self.port = self.socket_port = free_port()
        configuration = Path(self._folder.name) / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        configuration.write_text(CONFIGURATION.format(module=MODULE, user=user, port=self.port))
        assert self._nginx
        with machine.on_server_core():
            self._process = subprocess.Popen(
                [self._nginx, "-p", self._folder.name, "-c", str(configuration), "-e", "error.log"],
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._listening()
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._folder.cleanup()

    @property
    def pid(self) -> int:
        return self._process.pid

    def path(self, rep: int) -> str:
        return f"/ws/{rep}"

    def greeting(self, rep: int) -> bytes:
        return b""

    def texts(self, count: int, reps: int) -> Sequence[bytes]:
        return published(count, reps)

    def _listening(self) -> None:
        end = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                if time.monotonic() > end or self._process.poll() is not None:
                    log = Path(self._folder.name) / "error.log"
                    raise RuntimeError(f"nginx does not start:\n{log.read_text()}") from None
                time.sleep(0.02)


def published(count: int, reps: int) -> list[bytes]:
    """Requests that publish our frames, for peers that take any content at ``/publish/REP``."""
    return [
        texts.post(f"/publish/{name % reps}", texts.frame(name), "application/json")
        for name in range(count)
    ]
