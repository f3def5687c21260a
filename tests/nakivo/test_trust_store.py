# SPDX-License-Identifier: MIT
"""Which list of authorities Java uses: its options, its own folder, or it can't be told and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.chains import Kind
from tests.support.transporter import computer, install, java_home, place, process, with_properties
from wizard import codec
from wizard import product as product_module
from wizard.errors import CannotCheck
from wizard.graph import certificates, java_trust
from wizard.host.base import JavaOptions, Process
from wizard.host.recorded import RecordedHost
from wizard.model import HostFacts
from wizard.nakivo import installation, trust_store
from wizard.nakivo.trust_store import PASSWORD, PROVIDER, STORE, TYPE, Origin, Setting, TrustPlace
from wizard.texts import Texts


@pytest.fixture
def root(tmp_path: Path) -> Path:
    install(tmp_path, b"list")
    return tmp_path


def refused(root: Path, properties: dict[str, str]) -> CannotCheck:
    with pytest.raises(CannotCheck) as caught:
        place(with_properties(root, properties), root)
    assert Texts.load("en").summary(caught.value)
    return caught.value


def test_find_when_nothing_is_told_then_the_list_of_the_running_java(root: Path) -> None:
    found = place(with_properties(root, {}), root)
    assert found.path == str(java_home(root) / "lib" / "security" / "cacerts")
    assert (found.origin, found.source) == (Origin.PROCESS, "process 4242")
    assert found.keytool == str(java_home(root) / "bin" / "keytool")
    assert found.password is None


def test_find_when_there_is_a_jssecacerts_then_that(root: Path) -> None:
    first = install(root, b"list", "jssecacerts")
    assert place(with_properties(root, {}), root).path == str(first)


def test_find_when_java_is_elsewhere_then_its_own_list(root: Path) -> None:
    kit = root / "jdk8"
    (kit / "lib").mkdir(parents=True)
    (kit / "jre" / "lib" / "security").mkdir(parents=True)
    (kit / "jre" / "lib" / "security" / "cacerts").write_bytes(b"list")
    host = computer(root, process(root, (), java=kit / "bin" / "java"))
    assert place(host, root).path == str(kit / "jre" / "lib" / "security" / "cacerts")


def test_find_when_java_has_file_systems_of_its_own_then_the_list_that_lies_there(
    root: Path,
) -> None:
    """What has the same path here may be another list."""
    own = java_home(root) / "lib" / "security"
    names = [str(own / name) for name in ("jssecacerts", "cacerts")]
    inside = root / "inside"
    inside.mkdir()
    (inside / "cacerts").write_bytes(b"theirs")
    seen = {name: str(inside / Path(name).name) for name in names}
    running = replace(process(root, ()), apart=("mnt",))
    found = place(computer(root, running, seen_path={"4242": seen}), root)
    assert (found.path, found.seen_at) == (names[1], str(inside / "cacerts"))
    hidden = {"error": "error.host_path_unreadable", "values": {"path": names[0], "reason": "x"}}
    with pytest.raises(CannotCheck) as told:
        place(computer(root, running, seen_path={"4242": hidden}), root)
    assert told.value.text == "error.host_path_unreadable"


def test_find_when_options_name_one_then_that_with_type_and_password(root: Path) -> None:
    own = root / "own.p12"
    own.write_bytes(b"list")
    found = place(with_properties(root, {STORE: str(own), TYPE: "pkcs12", PASSWORD: "x"}), root)
    assert (found.path, found.type) == (str(own), "pkcs12")
    assert found.password is not None
    assert found.password.reveal() == "x"
    assert "x'" not in repr(found)


def test_find_when_a_variable_names_one_then_that(root: Path) -> None:
    own = root / "own.jks"
    own.write_bytes(b"list")
    variable = JavaOptions("JAVA_TOOL_OPTIONS", f"-D{STORE}={own}")
    host = computer(root, process(root, (), (variable,)))
    assert place(host, root).path == str(own)


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({TYPE: "Windows-ROOT"}, "java_trust.no_file"),
        ({TYPE: "KeychainStore"}, "java_trust.no_file"),
        ({STORE: "NONE"}, "java_trust.no_file"),
        ({PROVIDER: "SunPKCS11"}, "java_trust.provider"),
        ({STORE: "lists/own.jks"}, "java_trust.relative"),
        ({STORE: "/nowhere/own.jks"}, "error.not_recorded"),
        ({STORE: "{root}/own.jks"}, "java_trust.missing"),
        ({PASSWORD: "***"}, "java_trust.password_masked"),
    ],
)
def test_find_when_it_is_no_file_that_can_be_told_then_why(
    root: Path, properties: dict[str, str], reason: str
) -> None:
    given = {name: value.replace("{root}", str(root)) for name, value in properties.items()}
    assert refused(root, given).text == reason


def test_find_when_a_file_may_name_one_then_left_open(root: Path) -> None:
    host = computer(root, process(root, ("@/etc/java.options",)))
    with pytest.raises(CannotCheck) as caught:
        place(host, root)
    assert caught.value.text == "java_trust.unclear"
    assert caught.value.values["words"] == "@/etc/java.options"


def test_find_when_arguments_are_hidden_then_left_open(root: Path) -> None:
    for running in (process(root, None), process(root, None, java=Path("/usr/bin/java"))):
        with pytest.raises(CannotCheck, match=r"java_trust\.hidden"):
            place(computer(root, running), root)


def test_find_when_there_is_no_list_then_left_open(tmp_path: Path) -> None:
    install(tmp_path)
    with pytest.raises(CannotCheck, match=r"java_trust\.no_list"):
        place(with_properties(tmp_path, {}), tmp_path)


def told(root: Path, setting: Setting | None) -> TrustPlace:
    return place(computer(root), root, setting)


def test_find_when_not_running_then_the_setting_counts(root: Path) -> None:
    own = root / "own.jks"
    own.write_bytes(b"list")
    found = told(root, Setting({STORE: str(own)}, "settings"))
    assert (found.path, found.origin, found.source) == (str(own), Origin.SETTING, "settings")


def test_find_when_nothing_is_known_then_says_so(root: Path) -> None:
    found = told(root, None)
    assert found.origin is Origin.NOBODY
    assert found.path.endswith("cacerts")


def test_find_when_it_runs_then_the_setting_does_not_count(root: Path) -> None:
    host = with_properties(root, {})
    found = place(host, root, Setting({STORE: "/nowhere"}, "settings"))
    assert found.origin is Origin.PROCESS


# --- a Windows server, as it was recorded

FOLDER = r"C:\Program Files\NAKIVO Backup & Replication"
HOME = rf"{FOLDER}\transporter\java\jre"
MOMENT = "2026-11-24T00:00:00.000Z"


def listing(folder: str, *names: str) -> dict[str, object]:
    """A recorded folder with these in it."""
    return {
        folder: [
            {"path": rf"{folder}\{name}", "is_folder": False, "size_bytes": 1, "modified": MOMENT}
            for name in names
        ]
    }


def windows(*names: str) -> RecordedHost:
    java = rf"{HOME}\bin\java.exe"
    running = Process(7, "java.exe", java, (java, "-jar", rf"{FOLDER}\transporter\x.jar"))
    files = {
        **listing(FOLDER, "transporter"),
        **listing(rf"{FOLDER}\transporter", "java"),
        **listing(rf"{HOME}\lib\security", *names),
        rf"{HOME}\lib\security\cacerts": {"base64": "/u3+7QAAAAIAAAAA" + "AAAA" * 6 + "AAA="},
    }
    facts = HostFacts("windows", "Windows Server 2022", "backup01", is_admin=True)
    recording = {
        "facts": codec.to_plain(facts),
        "processes": codec.to_plain((running,)),
        "services": [],
        "programs": [],
        "files": files,
    }
    return RecordedHost(recording)


def test_find_when_it_is_windows_then_by_its_paths_in_any_case() -> None:
    product = product_module.load()
    host = windows("CACERTS", "java.policy")
    found = trust_store.find(host, product, installation.find(host, product, FOLDER), None)
    assert found.path == rf"{HOME}\lib\security\cacerts"
    assert found.keytool == rf"{HOME}\bin\keytool.exe"


def test_command_when_it_is_windows_then_quoted_as_its_console_wants() -> None:
    product = product_module.load()
    host = windows("cacerts")
    place = trust_store.find(host, product, installation.find(host, product, FOLDER), None)
    command = java_trust.command(host, place, certificates.read(Kind("Box").make().certificate))
    assert command.startswith(rf'"{HOME}\bin\keytool.exe" -importcert -alias ')
    assert command.endswith(rf'-file FILE.cer -keystore "{HOME}\lib\security\cacerts"')
