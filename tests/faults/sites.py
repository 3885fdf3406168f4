"""A small house served by the product's own processes, and a person of its office who sends forms over HTTP."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import json
import os
import signal
import subprocess
import sys
import urllib.parse
import uuid
from dataclasses import dataclass
from pathlib import Path

from hermanar.site.watch.logs import server_logging
from tests.conftest import ROOT, free_port, wait_until_answers

TOKEN = "a" * 32  # of forms: what the cookie says and the field repeats
NOTE = "/oficina/actividades/anotar/"
PATIENCE = 60


class Site:
    """A server with its worker processes, which outlive one another."""

    def __init__(self, process, port, log):
        self.process, self.port, self.log = process, port, log

    def workers(self):
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill_workers(self):
        for pid in self.workers():
            os.kill(pid, signal.SIGKILL)

    def told(self):
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def serving(mother, *, env, folder, workers=2):
    """Gather the files of the look, then serve the house of an environment; of its facts nothing is loaded."""
    mother.do("call", "collectstatic", "--no-input", "--verbosity", "0")
    options = {"--address": "127.0.0.1", "--port": free_port(), "--workers": workers, "--threads": 8}
    options["--logging"] = json.dumps(server_logging(written="plain"))
    command = ["hermanar.console.serving", *(str(part) for pair in options.items() for part in pair)]
    with running(command, env=env, folder=folder, port=options["--port"]) as site:
        yield site


@contextlib.contextmanager
def running(command, *, env, folder, port):
    """Run a module that serves at a port; yield the site once it answers."""
    log, command = folder / "site.log", [sys.executable, "-m", *command]
    with log.open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=sink, stderr=sink, start_new_session=True)
    try:
        wait_until_answers(f"http://127.0.0.1:{port}/salud/", server=process, log=log)
        yield Site(process, port, log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


class Officer:
    """A person of the office in a browser."""

    mark = ""  # a cookie more

    def __init__(self, port, *, agreement="", cookie="", membership=""):
        self.port, self.agreement, self.cookie, self.membership = port, agreement, cookie, membership

    def ask(self, path, fields=None, file=None):
        """Open a page, or send a form; nothing is followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = f"csrftoken={TOKEN}" + (f"; hermanar_session={self.cookie}" if self.cookie else "")
        cookies += f"; {self.mark}" if self.mark else ""
        headers = {"Host": "127.0.0.1", "Cookie": cookies, "Connection": "close"}
        body, method = None, "GET"
        if fields is not None:
            method, (kind, body) = "POST", _body({"csrfmiddlewaretoken": TOKEN, **fields}, file)
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body=body, headers=headers)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode(errors="replace"))
        finally:
            connection.close()

    def form(self, text="Visita"):
        """Return what a person writes of an activity, under a key of its own."""
        day = (dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=3)).isoformat()
        told = {"key": str(uuid.uuid4()), "writer": self.membership, "agreement": self.agreement, "kind": "visit"}
        return {**told, "on": day, "description_es": text, "same": "other"}

    def note(self, form, file=None, *, language=""):
        """Send an activity, with a document or without."""
        return self.ask(f"{language}{NOTE}", form, file)


def _body(fields, file):
    if file is None:
        return "application/x-www-form-urlencoded", urllib.parse.urlencode(fields, doseq=True).encode()
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="document_1"; filename="acta.pdf"\r\n'
    parts += [f"{head}Content-Type: application/pdf\r\n\r\n".encode(), file, f"\r\n--{edge}--\r\n".encode()]
    return f"multipart/form-data; boundary={edge}", b"".join(parts)
