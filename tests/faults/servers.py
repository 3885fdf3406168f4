"""A PostgreSQL of one's own to kill, with the tables of the run in it, set as one in use is."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager

import psycopg

from tools import postgres

NAME = "house"


@contextmanager
def own_server(bare, shared):
    """Yield a server and the address of its database; its tables are copied from those of the run, not made again."""
    cluster = postgres.Cluster()
    with cluster as server, bare.database_at(shared) as model:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME}")
        url = f"{server.rpartition('/')[0]}/{NAME}"
        dump = [cluster.programs / "pg_dump", "--no-owner", model]
        told = subprocess.run(dump, check=True, capture_output=True)
        load = [cluster.programs / "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", url]
        subprocess.run(load, check=True, capture_output=True, input=told.stdout)
        cluster.restart_durable()
        yield cluster, url
