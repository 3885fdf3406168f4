"""Many real processes of the product at once: one loads it and begets the others, each does what a line asks.

To load the product takes a process longer than most of what it is asked to do; a child has it loaded, and shares
nothing else: it opens its own connection to the database.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_DIED = '"died"'


class Process:
    """One of the crowd, asked by lines and answering by lines."""

    def __init__(self, line):
        self.line = line.makefile("rw", encoding="utf-8")

    def ask(self, *line):
        self.line.write(json.dumps(line) + "\n")
        self.line.flush()

    def answer(self):
        return json.loads(self.line.readline() or _DIED)


@contextmanager
def crowd_of(count, *, module, env):
    """Start processes that answer with the functions of a module; end them all after."""
    pairs = [socket.socketpair() for _number in range(count)]
    theirs = [there.fileno() for _here, there in pairs]
    command = [sys.executable, "-m", "tests.crowds", module, *map(str, theirs)]
    mother = subprocess.Popen(command, cwd=ROOT, env=env, pass_fds=theirs, start_new_session=True)
    for _here, there in pairs:
        there.close()
    try:
        yield [Process(here) for here, _there in pairs]
    finally:
        for here, _there in pairs:
            here.shutdown(socket.SHUT_RDWR)  # a child ends with its line
            here.close()
        mother.wait(60)


def all_do(crowd, *line):
    """Ask everybody at once, and wait for everybody."""
    for one in crowd:
        one.ask(*line)
    return [one.answer() for one in crowd]


def _beget(module, lines):
    """Fork a child for each line, and wait for all."""
    verbs = vars(importlib.import_module(module))
    for number, line in enumerate(lines):
        if os.fork() == 0:
            for other in (*lines[:number], *lines[number + 1 :]):
                os.close(other)
            _answer(verbs, socket.socket(fileno=line))
            os._exit(0)  # twenty that take the program down in order keep two processors busy for five seconds
    for line in lines:
        os.close(line)
    for _line in lines:
        os.wait()


def _answer(verbs, line):
    with line.makefile("rw", encoding="utf-8") as talk:
        for asked in talk:
            verb, *values = json.loads(asked)
            talk.write(json.dumps(verbs[verb](*values)) + "\n")
            talk.flush()


if __name__ == "__main__":
    _beget(sys.argv[1], [int(number) for number in sys.argv[2:]])
