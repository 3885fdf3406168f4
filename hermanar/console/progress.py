"""A progress bar for work of several steps: only after two seconds, only where somebody watches."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from tqdm import tqdm

PATIENCE = 2  # seconds before a bar is worth its line
_BEAT = 0.5
T = TypeVar("T")


class Progress:
    """A bar that moves on by whole steps and shows meanwhile that time passes."""

    def __init__(self, count: int) -> None:
        self._bar: Any = tqdm(
            total=count, delay=PATIENCE, leave=False, disable=not sys.stderr.isatty(), miniters=0, mininterval=0,
            bar_format="{desc} {bar} {n_fmt}/{total_fmt} {elapsed}",
        )  # fmt: skip
        self._end = threading.Event()
        self._beat = threading.Thread(target=self._keep_time, daemon=True)

    def __enter__(self) -> Self:
        if not self._bar.disable:
            self._beat.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        self._end.set()
        if self._beat.is_alive():
            self._beat.join()
        self._bar.close()

    def _keep_time(self) -> None:
        while not self._end.wait(_BEAT):
            self._bar.update(0)

    def begin(self, name: str) -> None:
        """Name the step that begins."""
        self._bar.set_description_str(name, refresh=False)

    def done(self) -> None:
        """Count a step, and clear the line for what is told of it."""
        self._bar.update(1)
        self._bar.clear()


def stepped(steps: Sequence[T], *, name: Callable[[T], str]) -> Iterator[T]:
    """Give the steps one after the other, with a bar."""
    with Progress(len(steps)) as bar:
        for step in steps:
            bar.begin(name(step))
            yield step
            bar.done()
