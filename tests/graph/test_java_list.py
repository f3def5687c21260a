# SPDX-License-Identifier: MIT
"""Java's list as it opens it: all its authorities, none where Java refuses, or a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import java
from tests.support.chains import Kind
from tests.support.transporter import computer
from wizard.errors import CannotCheck
from wizard.graph import java_list
from wizard.graph.java_key_store import Format
from wizard.model import Secret
from wizard.nakivo.trust_store import Origin, TrustPlace
from wizard.texts import Texts

ONE = Kind("Authority").make()


def at(path: Path) -> TrustPlace:
    return TrustPlace(str(path), str(path), None, None, Origin.PROCESS, "process 1", "keytool")


@java.needs_java
def test_read_when_it_opens_then_its_authorities(tmp_path: Path) -> None:
    place = at(java.store(tmp_path / "list", [ONE]))
    found = java_list.read(computer(tmp_path), place)
    assert (found.certificates, found.format, found.refused) == (
        (ONE.certificate,),
        Format.JKS,
        False,
    )


@java.needs_java
def test_read_when_the_password_is_wrong_then_refused_as_by_java(tmp_path: Path) -> None:
    place = replace(at(java.store(tmp_path / "list", [ONE])), password=Secret("wrong-one"))
    found = java_list.read(computer(tmp_path), place)
    assert (found.certificates, found.refused) == ((), True)


@java.needs_java
def test_read_when_the_type_is_left_out_that_java_needs_then_refused(tmp_path: Path) -> None:
    place = at(java.store(tmp_path / "list", [ONE], "JCEKS"))
    assert java_list.read(computer(tmp_path), place).refused
    assert not java_list.read(computer(tmp_path), replace(place, type="JCEKS")).refused


def test_read_when_it_is_no_store_then_could_not_check(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("-----BEGIN CERTIFICATE-----")
    with pytest.raises(CannotCheck) as caught:
        java_list.read(computer(tmp_path), at(tmp_path / "list"))
    told = Texts.load("en").summary(caught.value)
    assert told.endswith("it is written in a way that this program does not know.")


def test_read_when_it_may_not_be_read_then_could_not_check(tmp_path: Path) -> None:
    closed = {"error": "error.sample_closed", "values": {}}
    path = tmp_path / "list"
    with pytest.raises(CannotCheck, match="sample_closed"):
        java_list.read(computer(tmp_path, files={str(path): closed}), at(path))
