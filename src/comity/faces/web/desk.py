"""What the pages ask: a store's monitor, renewed when the store grew, with answers kept until then."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread, local
from typing import Any, TypeVar

from comity.actors.gazetteer import Gazetteer
from comity.errors import ComityError, UsageError
from comity.model import Estimate, Happening, Isolation, Turn
from comity.records import EventQuery
from comity.run.briefs import PairBrief, pair_brief
from comity.run.monitor import Monitor, between

MOST_KEPT = 256
PATIENCE = 5.0
"""How many times as long as it took to draw a store up it is shown before it is drawn up anew."""
AT_ONCE = 2
"""So many answers are computed side by side; who asks for another waits for his turn."""
WAIT_SECONDS = 60.0
"""How long one waits for an answer in the making, or for a turn."""
LOOK_SECONDS = 2.0
"""How often it is looked whether the store grew, where nobody asks."""
SETTLED_NS = 100_000_000
"""A file that was written longer ago than this is known by its time and size: clocks of file systems are coarse."""

T = TypeVar("T")


class Busy(ComityError):
    """So much is being computed that this question has to be asked again later."""

    def __init__(self) -> None:
        super().__init__(f"this takes longer than {WAIT_SECONDS:g} s now; it goes on, ask again in a while")


class Turns:
    """Lets `most` threads compute at once; a thread that has its turn keeps it for what it asks on the way."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._free = BoundedSemaphore(most)
        self._mine = local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn. Raises Busy where none comes in time."""
        if getattr(self._mine, "held", False):
            yield
            return
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise Busy
        self._mine.held = True
        try:
            yield
        finally:
            self._mine.held = False
            self._free.release()


@dataclass
class Kept:
    """Answers by what was asked, the latest `most` of them. Who asks for one in the making waits, or gets Busy."""

    most: int = MOST_KEPT
    turns: Turns = field(default_factory=Turns)
    _answers: OrderedDict[Hashable, Future[Any]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under `key`, made when there is none. An error goes to all who wait, and isn't kept."""
        with self._lock:
            future = self._answers.get(key)
            mine = future is None
            if future is None:
                future = self._answers[key] = Future()
                while len(self._answers) > self.most:
                    self._answers.popitem(last=False)
            else:
                self._answers.move_to_end(key)
        if mine:
            try:
                with self.turns.turn():
                    future.set_result(make())
            except BaseException as error:
                with self._lock:
                    self._answers.pop(key, None)
                future.set_exception(error)
        try:
            answer: T = future.result(WAIT_SECONDS)
        except TimeoutError as error:
            raise (error if future.done() else Busy()) from error
        return answer


@dataclass(frozen=True)
class Sight:
    """A store as it stood at one revision. Safe to share between threads.

    `kept` holds answers, the latest asked; `drawn` the few large things that answers are made from.
    """

    monitor: Monitor
    revision: str
    kept: Kept = field(default_factory=Kept)
    drawn: Kept = field(default_factory=lambda: Kept(most=8))

    @property
    def empty(self) -> bool:
        """Whether nothing is stored about two states."""
        return not self.monitor.impulses

    @property
    def reports(self) -> int:
        """How many reports are stored."""
        with self.monitor.store.reading("documents") as view:
            return sum(segment.rows for segment in view.live)

    def day(self, as_of: date | None) -> date:
        """The day asked about, else that after the last happening. Raises UsageError for an empty store."""
        return as_of or self.monitor.last_day

    def turns(self, as_of: date, window_days: int, state: str | None = None) -> tuple[Turn, ...]:
        """The pairs that turned, most certain first."""
        ask = partial(self.monitor.turning, as_of=as_of, window_days=window_days, state=state)
        return self.kept.get(("turns", as_of, window_days, state), ask)

    def closeness(
        self, pair: tuple[str, str], *, every: str, from_: date | None, to: date | None, as_of: date
    ) -> tuple[Estimate, ...]:
        """The pair's series."""
        ask = partial(self.monitor.closeness, pair, every=every, from_=from_, to=to, as_of=as_of)
        return self.kept.get(("closeness", pair, every, from_, to, as_of), ask)

    def isolation(self, state: str, *, every: str, as_of: date) -> tuple[Isolation, ...]:
        """How cut off a state is over time."""
        ask = partial(self.monitor.isolation, state, every=every, as_of=as_of)
        return self.kept.get(("isolation", state, every, as_of), ask)

    def brief(self, pair: tuple[str, str], as_of: date) -> PairBrief:
        """The page of a pair."""
        return self.kept.get(("brief", pair, as_of), lambda: pair_brief(self.monitor, *pair, as_of=as_of))

    def happenings(self, query: EventQuery) -> tuple[Happening, ...]:
        """The happenings that a query asks for; of a pair only what went on between the two."""
        if query == EventQuery():
            return self.monitor.happenings
        return self.kept.get(("happenings", query), lambda: self._happenings(query))

    def _happenings(self, query: EventQuery) -> tuple[Happening, ...]:
        found = self.monitor.store.happenings(query)
        pair = query.pair
        return tuple(h for h in found if between(h, *pair)) if pair else found

    def of_pair(self, pair: tuple[str, str], to: date | None) -> list[Happening]:
        """What went on between two states before a day, or ever, newest first."""
        return self.kept.get(("of pair", pair, to), lambda: self.monitor.of_pair(*pair, to=to))

    def happening(self, id: str) -> Happening:
        """The happening with this id. Raises NotThere."""
        found = self.monitor.happening.get(id)
        if found is None:
            raise NotThere(f"no happening {id!r} is in this store; its id changes when a report joins it")
        return found


Stamp = tuple[tuple[int, int], ...]


def _stamp(file: Path) -> Stamp | None:
    """Times and sizes of the catalogue and its log; None where they may still change unseen."""
    found = []
    for path in (file, file.with_name(file.name + "-wal")):
        try:
            stat = path.stat()
        except OSError:
            found.append((0, 0))
            continue
        if time.time_ns() - stat.st_mtime_ns < SETTLED_NS:
            return None
        found.append((stat.st_mtime_ns, stat.st_size))
    return tuple(found)


class NotThere(UsageError):
    """The address names something that the store doesn't hold."""


class Desk:
    """The latest Sight of a store. Each call looks whether the store grew, which is one small query."""

    def __init__(
        self, monitor_of: Callable[[], Monitor], gazetteer: Gazetteer, *, patience: float = PATIENCE
    ) -> None:
        self._monitor_of = monitor_of
        self.gazetteer = gazetteer
        self._patience = patience
        self._lock = Lock()
        self._sight: Sight | None = None
        self._due = 0.0
        self._stamp: Stamp | None = None
        self.coding = Turns(1)

    def sight(self) -> Sight:
        """The store as it stands.

        Who asks while a store that grew is drawn up anew gets the last sight of it. While a big store grows all
        the time, that sight serves a while longer: drawing it up then takes at most a sixth of the time.
        """
        seen = self._sight
        if not self._lock.acquire(blocking=seen is None):
            assert seen is not None
            return seen
        try:
            return self._latest()
        finally:
            self._lock.release()

    def _latest(self) -> Sight:
        seen = self._sight
        if seen is not None and (self._same(seen) or time.monotonic() < self._due):
            return seen
        began = time.monotonic()
        self._sight = self._draw()
        self._due = time.monotonic() + self._patience * (time.monotonic() - began)
        return self._sight

    def keep_fresh(self) -> Thread:
        """Draws the store up now, and anew whenever it grew, in a thread of its own, so that readers don't wait."""

        def look() -> None:
            while True:
                with suppress(ComityError):
                    self.sight()
                time.sleep(LOOK_SECONDS)

        thread = Thread(target=look, name="desk", daemon=True)
        thread.start()
        return thread

    def revision(self) -> str:
        """The revision of what is shown; "" where nothing is yet, or what was added since is to be shown instead."""
        seen = self._sight
        if seen is None or self._lock.locked():
            return seen.revision if seen else ""
        return seen.revision if self._same(seen) or time.monotonic() < self._due else ""

    def _same(self, seen: Sight) -> bool:
        """Whether the store is as it was: by its files' times where these have settled, else by asking it."""
        stamp = _stamp(seen.monitor.store.catalogue.file)
        if stamp is not None and stamp == self._stamp:
            return True
        same = seen.monitor.store.revision == seen.revision
        self._stamp = stamp if same else None
        return same

    def _draw(self) -> Sight:
        monitor = self._monitor_of()
        # Asked before the happenings, so that what is added in between shows at the next look.
        revision = monitor.store.revision
        sight = Sight(monitor, revision)
        _ = monitor.happening, monitor.impulses
        return sight

    def name(self, id: str) -> str:
        """The name of a state; any other id as it is."""
        state = self.gazetteer.states.get(id)
        return state.name if state else id
