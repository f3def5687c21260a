# SPDX-License-Identifier: MIT
"""Is there as much memory as the vendor's numbers ask for, and does the Java heap fit?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.checks import sizes
from wizard.checks.base import Check, Context, ok, problem, warning
from wizard.errors import CannotCheck
from wizard.host.base import Host, Memory, Process
from wizard.host.files import moment
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.nakivo import java, log_places
from wizard.nakivo.installation import Installation
from wizard.nakivo.log_places import Dump
from wizard.product import Product

MEGABYTE = 1 << 20
_MOST_DUMPS = 3


@dataclass(frozen=True)
class JavaMemory:
    """What one Java Transporter may use and does use."""

    pid: int
    max_heap_bytes: int | None
    resident_bytes: int | None


@dataclass(frozen=True)
class MemoryUse:
    """The computer's memory; `has_director` is None when no installation was found."""

    memory: Memory
    java: tuple[JavaMemory, ...]
    has_director: bool | None
    limit: Memory | None = None  # of the Transporter's control group, where that is less
    dumps: tuple[Dump, ...] = ()  # that a Java which died has left, newest first
    observed: datetime | None = None

    @property
    def usable(self) -> Memory:
        """What the Transporter may take."""
        limited = self.limit is not None and self.limit.total_bytes < self.memory.total_bytes
        return self.limit if self.limit and limited else self.memory


def observe(context: Context) -> MemoryUse:
    """Measure memory and look at the Java Transporter."""
    memory = context.host.memory()
    installation = _installation(context)
    return MemoryUse(
        memory=memory,
        java=tuple(_java(context, installation)),
        has_director=installation.has_director if installation else None,
        limit=_limit(context, installation),
        dumps=_dumps(context, installation),
        observed=moment(time.time()),
    )


def _installation(context: Context) -> Installation | None:
    try:
        return context.installation()
    except CannotCheck:
        return None


def _dumps(context: Context, installation: Installation | None) -> tuple[Dump, ...]:
    """What lies where Java leaves it; of a closed folder nothing."""
    if installation is None:
        return ()
    try:
        return log_places.dumps(context.host, installation, context.product)[:_MOST_DUMPS]
    except CannotCheck:
        return ()


def _java(context: Context, installation: Installation | None) -> Iterator[JavaMemory]:
    """What can be seen; the vendor's numbers need none of it."""
    try:
        processes = java.find(context.host, context.product, installation)
    except CannotCheck:
        return
    for process in processes:
        heap = java.max_heap_bytes(process.arguments or ())
        yield JavaMemory(process.pid, heap, process.resident_bytes)


def _limit(context: Context, installation: Installation | None) -> Memory | None:
    """The tightest limit on the Java Transporter or on the Transporter that starts it."""
    try:
        running = context.host.processes()
    except CannotCheck:
        return None
    host, product = context.host, context.product
    pids = {found.pid for found in java.among(running, host, product, installation)}
    limits = [
        process.memory_limit
        for process in running
        if process.memory_limit and (process.pid in pids or _starts(process, host, installation))
    ]
    return min(limits, key=lambda limit: limit.total_bytes, default=None)


def _starts(process: Process, host: Host, installation: Installation | None) -> bool:
    """Whether it is a program of the Transporter's folder."""
    if installation is None or process.executable is None:
        return False
    return host.path(process.executable).is_relative_to(host.path(installation.transporter))


def needed_mb(has_director: bool, tasks: int, product: Product) -> int:
    """The vendor's numbers added up; every task is taken for a Java Transporter's."""
    facts = product.facts
    base = facts.memory_base_mb if has_director else facts.memory_transporter_base_mb
    per_task = facts.memory_per_task_mb.value + facts.memory_per_java_task_mb.value
    return base.value + facts.memory_saas_mb.value + tasks * per_task


def judge(seen: MemoryUse, product: Product) -> Finding:
    """What can never fit first, then the vendor's numbers, then what is free now."""
    values = _values(seen, product)
    more = {"values": values, "evidence": tuple(_evidence(seen, product)), "source": "requirements"}
    total_mb = seen.usable.total_bytes / MEGABYTE
    texts = "check.memory" if seen.usable is seen.memory else "check.memory.limited"
    if _heap(seen) > seen.usable.total_bytes:
        more["source"] = "ram_article"
        return problem(f"{texts}.heap_too_large", **more, decisive=True)
    director = seen.has_director is not False
    if total_mb < needed_mb(director, product.facts.default_tasks.value, product):
        # With the number of tasks assumed, only memory that can't carry a single one is proof.
        if total_mb < needed_mb(director, 1, product) and seen.has_director is not None:
            return problem(f"{texts}.not_one_task", **more, decisive=True)
        return problem(f"{texts}.too_little", **more)
    if seen.usable.available_bytes < product.facts.memory_low_available_mb.value * MEGABYTE:
        return warning(f"{texts}.little_available", **more)
    if _room_for_heap(seen) < _heap(seen):
        return warning(f"{texts}.heap_may_not_fit", **more)
    dump = _recent_dump(seen, product)
    if dump is not None:
        more["values"] = values | _dump_values(dump, seen)
        return warning("check.memory.dumped", **more)
    return ok(f"{texts}.enough", **more)


def _recent_dump(seen: MemoryUse, product: Product) -> Dump | None:
    """The newest heap dump, where it may belong to the failing job."""
    recent = timedelta(days=product.facts.dump_recent_days.value)
    heaps = (dump for dump in seen.dumps if dump.is_heap)
    newest = next(heaps, None)
    if newest is None or seen.observed is None or seen.observed - newest.modified > recent:
        return None
    return newest


def _dump_values(dump: Dump, seen: MemoryUse) -> dict[str, Value]:
    moment_seen = seen.observed or dump.modified
    age, unit = sizes.shown_age((moment_seen - dump.modified).total_seconds())
    return {"dump": dump.path, "age": age, "age_unit": unit}


def _heap(seen: MemoryUse) -> int:
    """What all Java Transporters together may take as heap."""
    return sum(process.max_heap_bytes or 0 for process in seen.java)


def _room_for_heap(seen: MemoryUse) -> int:
    """What they hold already and what is free."""
    return seen.usable.available_bytes + sum(process.resident_bytes or 0 for process in seen.java)


def _values(seen: MemoryUse, product: Product) -> dict[str, Value]:
    facts, director = product.facts, seen.has_director is not False
    tasks = facts.default_tasks.value
    return {
        "total": _shown(seen.usable.total_bytes),
        "installed": _shown(seen.memory.total_bytes),
        "available": _shown(seen.usable.available_bytes),
        "needed": needed_mb(director, tasks, product),
        "needed_one": needed_mb(director, 1, product),
        "per_task": facts.memory_per_task_mb.value + facts.memory_per_java_task_mb.value,
        "tasks": tasks,
        "heap": _shown(_heap(seen)),
        "setting": facts.max_heap_setting.value,
    }


def _shown(size_bytes: int) -> int:
    return size_bytes // MEGABYTE


def _evidence(seen: MemoryUse, product: Product) -> Iterator[Evidence]:
    memory, facts = seen.memory, product.facts
    director = seen.has_director is not False
    yield Evidence("memory_installed", _shown(memory.total_bytes), "MB", memory.source)
    yield Evidence("memory_available", _shown(memory.available_bytes), "MB", memory.source)
    if seen.usable is not memory:
        limit = seen.usable
        yield Evidence("memory_limit", _shown(limit.total_bytes), "MB", limit.source)
        yield Evidence("memory_limit_available", _shown(limit.available_bytes), "MB", limit.source)
    needed = needed_mb(director, facts.default_tasks.value, product)
    yield Evidence("memory_needed", needed, "MB", product.sources["wizard"].title)
    yield from _parts(director, product)
    for process in seen.java:
        source = f"process {process.pid}"
        heap = None if process.max_heap_bytes is None else _shown(process.max_heap_bytes)
        yield Evidence("java_heap_max", heap, "MB", source)
        if process.resident_bytes is not None:
            yield Evidence("java_resident", _shown(process.resident_bytes), "MB", source)
    yield from _of_dumps(seen)


def _of_dumps(seen: MemoryUse) -> Iterator[Evidence]:
    """Name, size and age: a heap dump is as large as the heap was, and is never opened."""
    for dump in seen.dumps:
        label = "heap_dump" if dump.is_heap else "crash_report"
        yield Evidence(label, dump.path, "", "", Sensitivity.HOST)
        yield Evidence(f"{label}_size", *sizes.shown(dump.size_bytes), dump.path)
        if seen.observed is not None:
            age = (seen.observed - dump.modified).total_seconds()
            yield Evidence(f"{label}_age", *sizes.shown_age(age), dump.path)


def _parts(director: bool, product: Product) -> Iterator[Evidence]:
    """Each number that the sum is made of."""
    facts = product.facts
    parts = {
        "memory_saas": facts.memory_saas_mb,
        "memory_tasks": facts.default_tasks,
        "memory_per_task": facts.memory_per_task_mb,
        "memory_per_java_task": facts.memory_per_java_task_mb,
    }
    if director:
        parts = {"memory_base": facts.memory_base_mb, **parts}
    else:
        parts = {"memory_transporter_base": facts.memory_transporter_base_mb, **parts}
    for label, fact in parts.items():
        unit = "" if label == "memory_tasks" else fact.unit
        yield Evidence(label, fact.value, unit, product.said_by(fact))


CHECK = Check("memory", CauseId.MEMORY, frozenset(), 10.0, MemoryUse, observe, judge)
