# SPDX-License-Identifier: MIT
"""Reading a log a few blocks ahead of whoever looks at them, on a thread of its own.

Reading, unpacking and searching leave Python's lock free, so they go on beside the rest. A thread
stuck in a read that doesn't come back is left alone: nobody waits longer than until a cancel.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from wizard.nakivo.log_lines import Stop

T = TypeVar("T")

_LOOK_S = 0.05


class Ahead(Generic[T]):
    """The items of an iterator in their order, of which up to `room` wait to be taken."""

    def __init__(self, items: Callable[[], Iterator[T]], room: int) -> None:
        self._items = items
        self._ready: queue.Queue[T | _End] = queue.Queue(room)
        self._unwanted = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def taken(self, is_over: Callable[[], bool], stop: Stop) -> Iterator[T]:
        """Every item, or the error that came instead; ends early when it is over.

        Raises:
            TimeoutError: there was no item for long.
        """
        try:
            waits = time.monotonic()
            while not is_over():
                try:
                    item = self._ready.get(timeout=_LOOK_S)
                except queue.Empty:
                    if time.monotonic() - waits >= stop.silent_s:
                        raise stop.silence() from None
                    continue
                if isinstance(item, _End):
                    item.tell()
                    return
                yield item
                waits = time.monotonic()
        finally:
            self.close()

    def close(self) -> None:
        """Nobody takes any more."""
        self._unwanted.set()

    def _run(self) -> None:
        end = _End(None)
        try:
            for item in self._items():
                if not self._put(item):
                    return
        except BaseException as error:  # noqa: BLE001 - raised again where the items are taken
            end = _End(error)
        self._put(end)

    def _put(self, item: T | _End) -> bool:
        while not self._unwanted.is_set():
            try:
                self._ready.put(item, timeout=_LOOK_S)
            except queue.Full:
                continue
            return True
        return False


class _End:
    """Nothing comes any more."""

    def __init__(self, error: BaseException | None) -> None:
        self._error = error

    def tell(self) -> None:
        """Raise what the items ended with."""
        if self._error is not None:
            raise self._error
