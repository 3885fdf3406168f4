"""nginx by the configuration that is shipped, over folders and ports of one's own: for tests and benchmarks."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

from tools import debian

SHIPPED = Path(__file__).resolve().parent.parent / "deploy" / "nginx.conf"
MAIN = """
worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; daemon off;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types;
  sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path {folder}/tmp; proxy_temp_path {folder}/tmp; fastcgi_temp_path {folder}/tmp;
  uwsgi_temp_path {folder}/tmp; scgi_temp_path {folder}/tmp;
  include {folder}/hermanar.conf;
}}
"""
WAIT_SECONDS = 10


def program() -> str | None:
    """Return where nginx is, or nothing."""
    return debian.program("nginx")


class Front:
    """A running nginx in front of a port; `port` is its own."""

    def __init__(self, folder: Path, *, port: int, var: Path, moments: Path) -> None:
        self.folder, self.behind, self.var, self.moments = folder, port, var, moments
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def written(self) -> str:
        """Return the shipped configuration with our folders and ports; what it names must be there to be replaced."""
        text = SHIPPED.read_text(encoding="utf-8")
        for shipped, ours in {
            "/var/cache/hermanar": f"{self.folder}/cache",
            "/var/log/nginx/": f"{self.folder}/",
            "/var/lib/hermanar/": f"{self.var}/",
            "root /run/hermanar/front/now;": f"root {self.moments}/now;",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{self.behind};",
            "listen 80;": f"listen 127.0.0.1:{self.port};",
            "server_name museo.example;": "server_name 127.0.0.1 localhost;",
        }.items():
            if shipped not in text:
                raise ValueError(f"{SHIPPED} has no {shipped!r}")
            text = text.replace(shipped, ours)
        return text

    def __enter__(self) -> Self:
        found = program()
        if not found:
            raise FileNotFoundError("nginx")
        (self.folder / "tmp").mkdir(exist_ok=True)
        (self.folder / "hermanar.conf").write_text(self.written(), encoding="utf-8")
        main = MAIN.format(folder=self.folder, workers=os.cpu_count())
        if os.geteuid() == 0:
            main = "user root;" + main  # its processes must reach the folders of whoever tests
        (self.folder / "nginx.conf").write_text(main, encoding="utf-8")
        command = [found, "-p", str(self.folder), "-c", "nginx.conf", "-e", str(self.folder / "nginx-error.log")]
        self.process = subprocess.Popen(command)
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return self
            time.sleep(0.05)
        raise RuntimeError((self.folder / "nginx-error.log").read_text(encoding="utf-8"))

    def __exit__(self, *_failed: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WAIT_SECONDS)
