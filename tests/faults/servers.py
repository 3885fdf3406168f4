"""A PostgreSQL of one's own to kill, with the tables of the run in it, set as one in use is."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager

import psycopg

from hermanar.site.postgresql.base import ROLE
from tools import postgres

NAME = "house"


@contextmanager
def own_server(bare, shared):
    """Yield a server and the address of its database; its tables are copied from those of the run, not made again."""
    cluster = postgres.Cluster()
    with cluster as server, bare.database_at(shared) as model:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME}")
            connection.execute(f"CREATE ROLE {ROLE} NOLOGIN")  # roles are a server's, not a database's
        url = f"{server.rpartition('/')[0]}/{NAME}"
        dump = [cluster.programs / "pg_dump", "--no-owner", model]
        told = subprocess.run(dump, check=True, capture_output=True)
        load = [cluster.programs / "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", url]
        subprocess.run(load, check=True, capture_output=True, input=told.stdout)
        cluster.restart_durable()
        yield cluster, url


@contextmanager
def follower_of(cluster):
    """Yield a server that follows another by streaming, and may be read meanwhile."""
    standby = postgres.Cluster()
    standby.programs = cluster.programs
    try:
        standby.home.chmod(0o755)
        if standby.as_nobody:
            os.chown(standby.home, postgres.NOBODY, postgres.NOBODY)
        where = ["-h", "127.0.0.1", "-p", str(cluster.port), "-U", "hermanar"]
        standby.call("pg_basebackup", *where, "-D", str(standby.data), "-R", "-X", "stream", "-c", "fast")
        standby.start()
        yield standby
    finally:
        standby.__exit__()
