"""CKAN with one resource in its DataStore, in an environment of its own: the peer of our file of everything.

What it needs is told in `benchmarks/README.md`. Solr serves only CKAN's search of data sets and takes no part
in a dump: a stub says to CKAN that the index is there and empty.
"""

from __future__ import annotations

import contextlib
import csv
import http.server
import json
import os
import subprocess
import threading
from pathlib import Path

import psycopg

from benchmarks.servers import ROOT, free_port, served
from tools.postgres import Cluster

HERE = Path(__file__).resolve().parent


class _EmptySolr(http.server.BaseHTTPRequestHandler):
    """An index that has CKAN's schema and holds nothing."""

    schema = b""

    def do_GET(self):
        """Give the schema, or an empty answer to whatever is looked for."""
        nothing = {"response": {"numFound": 0, "start": 0, "docs": []}}
        self._give(self.schema if "/schema" in self.path else json.dumps(nothing).encode())

    def do_POST(self):
        """Take what is to be indexed, and forget it."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._give(json.dumps({"responseHeader": {"status": 0}}).encode())

    def log_message(self, *_told):
        """Say nothing."""

    def _give(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def _empty_solr(schema):
    handler = type("Solr", (_EmptySolr,), {"schema": schema})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/solr/ckan"
        server.shutdown()


@contextlib.contextmanager
def _redis(log):
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    with log.open("wb") as sink, subprocess.Popen(command, cwd=log.parent, stdout=sink, stderr=sink) as process:
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


@contextlib.contextmanager
def ckan(venv, file, *, folder):
    """Serve a CSV file from a new CKAN's DataStore; yields the server and the address of its dump."""
    folder.mkdir(parents=True, exist_ok=True)
    (schema,) = venv.glob("lib/python3*/site-packages/ckan/config/solr/schema.xml")
    with Cluster() as database, _empty_solr(schema.read_bytes()) as solr, _redis(folder / "redis.log") as redis:
        made = _Ckan(venv, folder, database=database)
        made.configure({"solr_url": solr, "ckan.redis.url": redis})
        key = made.resource(file)
        made.fill(file, key)
        port = free_port()
        env = made.env | {"CKAN_PORT": str(port), "CKAN_VENV": str(venv)}
        command = [str(venv / "bin" / "uwsgi"), "--ini", str(HERE / "uwsgi.ini")]
        dump = f"/datastore/dump/{key}"
        with served(command, port=port, first=f"{dump}?limit=1", log=folder / "ckan.log", env=env) as them:
            yield them, dump


class _Ckan:
    """A CKAN that is being made."""

    def __init__(self, venv, folder, *, database):
        self.venv, self.folder, self.database = venv, folder, database
        self.ini = folder / "ckan.ini"
        self.env = os.environ | {"CKAN_INI": str(self.ini), "PYTHONPATH": str(HERE)}

    def call(self, *command):
        """Run a program of CKAN's environment; return what it prints."""
        log = self.folder / "made.log"
        with log.open("ab") as sink:
            done = subprocess.run(
                [str(self.venv / "bin" / command[0]), *command[1:]], cwd=ROOT, env=self.env, check=False,
                stdout=subprocess.PIPE, stderr=sink, text=True,
            )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command}: {log.read_text(errors='replace')[-2000:]}")
        return done.stdout

    def address(self, user, name):
        """Return the address of a database for one of its users."""
        host = self.database.partition("@")[2].partition("/")[0]
        return f"postgresql://{user}@{host}/{name}"

    def configure(self, servers):
        """Make databases, roles, settings and tables, as CKAN's installation from source tells."""
        with psycopg.connect(self.database, autocommit=True) as postgres:
            for user in ("ckan", "readers"):
                postgres.execute(f"CREATE ROLE {user} LOGIN")
            for name in ("ckan", "store"):
                postgres.execute(f"CREATE DATABASE {name} OWNER ckan")
        self.ini.unlink(missing_ok=True)
        self.call("ckan", "generate", "config", str(self.ini))
        settings = {
            "sqlalchemy.url": self.address("ckan", "ckan"),
            "ckan.datastore.write_url": self.address("ckan", "store"),
            "ckan.datastore.read_url": self.address("readers", "store"),
            "ckan.plugins": "datastore",
            "ckan.site_url": "http://127.0.0.1",
            "ckan.storage_path": str(self.folder / "storage"),
        } | servers
        self.call("ckan", "config-tool", str(self.ini), *(f"{name}={value}" for name, value in settings.items()))
        self.call("ckan", "-c", str(self.ini), "db", "init")
        told = self.call("ckan", "-c", str(self.ini), "datastore", "set-permissions")
        rights = "\n".join(line for line in told.splitlines() if not line.startswith("\\connect"))
        with psycopg.connect(self.address("hermanar", "store"), autocommit=True) as postgres:
            postgres.execute(rights)

    def resource(self, file):
        """Make a resource with the columns of the file; return its key."""
        with file.open(encoding="utf-8-sig", newline="") as source:
            headings = next(csv.reader(source))
        listed = self.folder / "headings.json"
        listed.write_text(json.dumps(headings))
        told = self.call("python", str(HERE / "make.py"), str(listed))
        return json.loads(told.splitlines()[-1])

    def fill(self, file, key):
        """Copy the rows into the resource's table; PostgreSQL numbers them and CKAN's trigger writes their words."""
        with file.open("rb") as source, psycopg.connect(self.address("ckan", "store")) as postgres:
            source.seek(3)  # the mark
            headings = json.loads((self.folder / "headings.json").read_text())
            columns = ", ".join(f'"{heading}"' for heading in headings)
            copying = f'COPY "{key}" ({columns}) FROM STDIN (FORMAT csv, HEADER)'
            with postgres.cursor() as cursor, cursor.copy(copying) as copy:
                while piece := source.read(1 << 20):
                    copy.write(piece)
            postgres.commit()
            postgres.autocommit = True
            postgres.execute(f'VACUUM ANALYZE "{key}"')
