# SPDX-License-Identifier: MIT
"""What does the computer tell of a folder that may become the temporary folder, and of its rival?

Only looks. Each question may have no answer; then that is kept, and nothing is taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from wizard.errors import CannotCheck
from wizard.fixes.notice import Notice
from wizard.host.base import Host, Quota, Volume
from wizard.model import Scope
from wizard.nakivo import account as accounts
from wizard.nakivo import temp_folder
from wizard.nakivo.account import Account
from wizard.nakivo.installation import Installation
from wizard.product import Product

T = TypeVar("T")


@dataclass(frozen=True)
class Needs:
    """What a person told that counts when choosing: folders of repositories, sizes of items."""

    repositories: tuple[str, ...] = ()
    largest_items_gb: tuple[float, ...] = ()

    @classmethod
    def of(cls, scope: Scope) -> Needs:
        """As they were told for the whole run."""
        return cls(scope.repositories, scope.largest_items_gb)


@dataclass(frozen=True)
class Surroundings:
    """What every place is held against. None: it isn't known."""

    in_use: str | None = None  # the temporary folder of today
    volume_in_use: Volume | None = None
    account: Account | None = None  # that must be able to write there
    product_folder: str | None = None
    usual_repository: str | None = None  # where the product usually keeps one; not certain
    needs: Needs = Needs()


@dataclass(frozen=True)
class Look:
    """What was seen of one place. None: it couldn't be told, and `unknown` says why."""

    path: str
    real: str  # where it lies once links are followed, else the path itself
    exists: bool | None = None
    parent_exists: bool | None = None
    is_occupied: bool = False  # by something that is no folder
    content: int | None = None  # how many files and folders are in it
    volume: Volume | None = None
    quota: Quota | None = None
    writable: bool | None = None  # for the account of the surroundings
    unknown: tuple[Notice, ...] = ()


def surroundings(
    host: Host,
    product: Product,
    in_use: str | None,
    installation: Installation | None,
    needs: Needs,
) -> Surroundings:
    """What is known of today's folder, the product, and who runs it."""
    if installation is None:
        return Surroundings(in_use, _volume_of(host, in_use), needs=needs)
    usual = host.path(installation.folder) / product.facts.repository_subfolder.value
    return Surroundings(
        in_use=in_use,
        volume_in_use=_volume_of(host, in_use),
        account=accounts.runs_as(host, product, installation),
        product_folder=installation.folder,
        usual_repository=str(usual),
        needs=needs,
    )


def folder_in_use(host: Host, product: Product, installation: Installation | None) -> str | None:
    """Today's folder, seen or assumed; None where no installation is known."""
    if installation is None:
        return None
    return temp_folder.resolve(host, product, installation).in_use


def _volume_of(host: Host, folder: str | None) -> Volume | None:
    if folder is None:
        return None
    try:
        return host.volume(_followed(host, folder))
    except CannotCheck:  # then nothing is said of what lies on the same volume
        return None


def _followed(host: Host, folder: str) -> str:
    try:
        return host.real_path(folder)
    except CannotCheck:
        return folder


def look(path: str, host: Host, around: Surroundings) -> Look:
    """Ask all there is to ask of a place."""
    unknown: list[Notice] = []

    def asked(question: Callable[[], T]) -> T | None:
        try:
            return question()
        except CannotCheck as closed:
            notice = Notice(closed.text, closed.values)
            if notice not in unknown:
                unknown.append(notice)
            return None

    real = asked(lambda: host.real_path(path)) or path
    exists = asked(lambda: host.is_folder(path))
    parent = str(host.path(path).parent)
    parent_exists = asked(lambda: host.is_folder(parent)) if exists is False else None
    account = around.account
    return Look(
        path=path,
        real=real,
        exists=exists,
        parent_exists=parent_exists,
        is_occupied=bool(parent_exists and asked(lambda: _stands_in(parent, path, host))),
        content=asked(lambda: len(host.list_folder(path))) if exists else None,
        volume=asked(lambda: host.volume(real)),
        quota=asked(lambda: host.quota(real, account.name)) if account else None,
        writable=asked(lambda: host.may_write(path, account.name)) if exists and account else None,
        unknown=tuple(unknown),
    )


def _stands_in(parent: str, path: str, host: Host) -> bool:
    wanted = host.path(path)
    return any(host.path(entry.path) == wanted for entry in host.list_folder(parent))
