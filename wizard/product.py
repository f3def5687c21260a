# SPDX-License-Identifier: MIT
"""What is known of the product: resources/product.toml and causes.toml as frozen objects."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from wizard import codec, resources
from wizard.model import CauseId, Source

T = TypeVar("T")


class Confidence(StrEnum):
    """How sure a fact is; only VENDOR may be told as certain."""

    VENDOR = "vendor"
    THIRD_PARTY = "third-party"
    INFERRED = "inferred"
    OWN = "own"


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A constant with where it comes from; `source` is a key of Product.sources."""

    value: T
    source: str
    confidence: Confidence
    unit: str = ""


@dataclass(frozen=True)
class Facts:
    """The constants of product.toml, in its order; units are said there."""

    gigabyte_bytes: Fact[int]
    temp_free_gb: Fact[float]
    disk_free_gb: Fact[float]
    temp_largest_items: Fact[int]
    temp_items_extra_gb: Fact[float]
    near_limit_share: Fact[float]
    memory_base_mb: Fact[int]
    memory_transporter_base_mb: Fact[int]
    memory_per_task_mb: Fact[int]
    memory_saas_mb: Fact[int]
    memory_per_java_task_mb: Fact[int]
    default_tasks: Fact[int]
    memory_low_available_mb: Fact[int]
    windows_folders: Fact[tuple[str, ...]]
    linux_folders: Fact[tuple[str, ...]]
    transporter_subfolder: Fact[str]
    temp_subfolder: Fact[str]
    java_subfolder: Fact[str]
    director_subfolder: Fact[str]
    repository_subfolder: Fact[str]
    log_subfolder: Fact[str]
    log_file: Fact[str]
    vendor_word: Fact[str]
    linux_transporter_unit: Fact[str]
    linux_director_unit: Fact[str]
    linux_transporter_user: Fact[str]
    director_port: Fact[int]
    transporter_port: Fact[int]
    data_port_first: Fact[int]
    data_port_last: Fact[int]
    arguments_setting: Fact[str]
    temp_path_property: Fact[str]
    direct_send_property: Fact[str]
    min_heap_setting: Fact[str]
    max_heap_setting: Fact[str]
    support_address: Fact[str]
    safe_version: Fact[str]
    clock_tolerance_s: Fact[int]
    clock_wrong_s: Fact[int]
    few_files_left: Fact[int]
    dump_recent_days: Fact[int]
    credential_soon_days: Fact[int]
    trend_usual_gb: Fact[float]
    trend_shortest_hours: Fact[float]
    trend_longest_days: Fact[int]
    trend_warning_hours: Fact[float]
    trend_usual_in_run_mb: Fact[int]
    trend_warning_in_run_minutes: Fact[float]
    speed_test_mb: Fact[int]
    service_wait_s: Fact[int]
    watch_s: Fact[int]
    handoff_days: Fact[int]


@dataclass(frozen=True)
class Step:
    """One step of the article; the sentence is cause.<cause>.steps.<id>."""

    id: str
    action: str


@dataclass(frozen=True)
class Cause:
    """One of the seven; `likelihood` 0 to 1 and `effort` in minutes are our own estimates."""

    id: CauseId
    likelihood: float
    effort: int
    source: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Product:
    """Everything that rules may rely on."""

    sources: dict[str, Source]
    facts: Facts
    causes: tuple[Cause, ...]

    def cause(self, cause: CauseId) -> Cause:
        """The data of one cause."""
        return next(known for known in self.causes if known.id == cause)

    def said_by(self, fact: Fact[T]) -> str:
        """The title of the page that a constant comes from."""
        return self.sources[fact.source].title

    def shown_gb(self, size_bytes: float) -> float:
        """The article's GB with two decimals, rounded down: a byte short never looks enough."""
        return math.floor(size_bytes * 100 / self.facts.gigabyte_bytes.value) / 100

    def bytes_of_gb(self, gigabytes: float) -> float:
        """The article's GB in bytes."""
        return gigabytes * self.facts.gigabyte_bytes.value


@dataclass(frozen=True)
class _ProductFile:
    sources: dict[str, Source]
    facts: Facts


@dataclass(frozen=True)
class _CausesFile:
    causes: tuple[Cause, ...]


def load() -> Product:
    """Read and check the shipped data; BadInput names what is wrong with it."""
    main = codec.from_plain(resources.read_toml("product.toml"), _ProductFile)
    causes = codec.from_plain(resources.read_toml("causes.toml"), _CausesFile)
    return Product(main.sources, main.facts, causes.causes)
