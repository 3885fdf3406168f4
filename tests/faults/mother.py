"""One process that has loaded the product and begets children, each for one verb, to be killed at any moment.

To load the product takes longer than most of what is killed. A child shares nothing but the loaded program: it opens
its own connection. Its mother waits for it, so that no number of a process is given again before the test asks.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import traceback
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def kills(most):
    """Return how often a test kills; `HERMANAR_KILLS` makes it fewer, never more."""
    return min(most, int(os.environ.get("HERMANAR_KILLS") or most))


class Mother:
    """Begets, tells how a child ended, and gives what a verb returned."""

    def __init__(self, line, folder):
        self._line, self._folder, self._made = line.makefile("rw", encoding="utf-8"), folder, 0

    def begin(self, verb, *values):
        """Beget a child that does a verb; return its number and where its answer will be."""
        self._made += 1
        answer = self._folder / f"answer-{self._made}.json"
        return self._ask("begin", verb, str(answer), *values), answer

    def end(self, pid):
        """Wait for a child; return its exit status, negative for a signal."""
        return self._ask("end", pid)

    def do(self, verb, *values):
        """Let a child do a verb to its end; return what it returned."""
        pid, answer = self.begin(verb, *values)
        status = self.end(pid)
        assert status == 0, f"{verb} ended with {status}: {self.log()}"
        return json.loads(answer.read_text(encoding="utf-8"))

    def cut(self, verb, *values, after):
        """Let a child begin a verb and kill it after some seconds; tell whether it was still at it."""
        pid, _answer = self.begin(verb, *values)
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        status = self.end(pid)
        assert status in {0, -signal.SIGKILL}, f"{verb} ended with {status}: {self.log()}"
        return status != 0

    def log(self):
        """Return the end of what the children wrote."""
        return (self._folder / "children.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def _ask(self, *asked):
        self._line.write(json.dumps(asked) + "\n")
        self._line.flush()
        return json.loads(self._line.readline())


@contextmanager
def mother_of(module, *, env, folder):
    """Start a process that does the functions of a module; end it and its children after."""
    here, there = socket.socketpair()
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.faults.mother", module, str(there.fileno())]
    with (folder / "children.log").open("ab") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, pass_fds=[there.fileno()], stdout=sink, stderr=sink, start_new_session=True
        )
    there.close()
    try:
        yield Mother(here, folder)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)
        here.close()


def moments(count, *, within, seed):
    """Return moments spread over some seconds, each somewhere in its own stretch, in no order."""
    chance = random.Random(seed)  # noqa: S311  moments, no secrets
    found = [(number + chance.random()) * within / count for number in range(count)]
    chance.shuffle(found)
    return found


def _child(verb, answer, values):
    """Do one verb, write what it returned, and end without what is the mother's to end."""
    status = 1
    try:
        returned = verb(*values)
        partial = Path(f"{answer}.part")
        partial.write_text(json.dumps(returned), encoding="utf-8")
        partial.replace(answer)
        status = 0
    except BaseException:  # noqa: BLE001  whatever it was, the test is told
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _mother(module, number):
    verbs = vars(importlib.import_module(module))
    line = socket.socket(fileno=number)
    with line.makefile("rw", encoding="utf-8") as talk:
        for asked in talk:
            what, *rest = json.loads(asked)
            if what == "begin":
                verb, answer, *values = rest
                pid = os.fork()
                if pid == 0:
                    line.close()
                    _child(verbs[verb], answer, values)
                said = pid
            else:
                said = os.waitstatus_to_exitcode(os.waitpid(rest[0], 0)[1])
            talk.write(json.dumps(said) + "\n")
            talk.flush()


if __name__ == "__main__":
    _mother(sys.argv[1], int(sys.argv[2]))
