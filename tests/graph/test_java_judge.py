# SPDX-License-Identifier: MIT
"""A real Java, a real server for each kind of chain: its verdict and ours agree in every case."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12Certificate,
    serialize_java_truststore,
    serialize_key_and_certificates,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.support import chains, java
from tests.support.chains import OVER, TO_COME, Key, Kind, Made, for_host, with_extension
from tests.support.microsoft365 import host
from tests.support.transporter import install, place, with_properties
from wizard.errors import CannotCheck
from wizard.graph import chain, encryption, java_list, proxies
from wizard.graph.encryption import Target
from wizard.graph.network_data import TrustFailure
from wizard.model import Scope
from wizard.nakivo.trust_store import PASSWORD, STORE, TYPE

pytestmark = [java.needs_java, chains.needs_openssl]

ROOT = Kind("Test Root").make()
OLD_ROOT = Kind("Old Root", days=OVER).make()
OWN = for_host(None, "localhost", days=OVER).make()  # a server's own certificate, trusted as such
NO_AUTHORITY = Kind("No Authority", constraints=None, sign_usage=None).make()
TRUSTED = (ROOT, OLD_ROOT, OWN, NO_AUTHORITY)
STRANGER = Kind("Example Corp TLS Inspection").make()
MIDDLE = Kind("Middle", ROOT).make()
LOW = Kind("Low", MIDDLE).make()
HOST = "localhost"
UNDECIDED = TrustFailure.UNDECIDED


def under(issuer: Made, **more: object) -> Made:
    return for_host(issuer, HOST, **more).make()


def extended(
    extension: x509.ExtensionType, *, critical: bool = False, key: Key | None = None
) -> Made:
    return with_extension(for_host(ROOT, HOST, key=key), extension, critical=critical).make()


def only_for(**uses: bool) -> x509.KeyUsage:
    """A key usage with just these uses."""
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: uses.get(name, False) for name in names})


def netscape(bits: int) -> x509.UnrecognizedExtension:
    """The oldest mark of use: a string of bits in one byte."""
    oid = x509.ObjectIdentifier("2.16.840.1.113730.1.1")
    return x509.UnrecognizedExtension(oid, bytes((3, 2, 0, bits)))


def naming(key_identifier: bytes, serial: int | None = None, issuer: Made = ROOT) -> Made:
    """A server's certificate that names a key, or a certificate, of its authority."""
    names = [x509.DirectoryName(issuer.name)] if serial else None
    named = x509.AuthorityKeyIdentifier(key_identifier, names, serial)
    return with_extension(for_host(issuer, HOST, key_identifier=False), named).make()


def more_than_java_takes() -> dict[str, list[Made]]:
    """What Java's own settings of size refuse."""
    chain = [ROOT]
    for number in range(6):
        chain.append(Kind(f"Link {number}", chain[-1]).make())
    links = chain[1:]
    padding = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x04" * 40_000)
    return {
        "six links": [under(links[-1]), *reversed(links)],
        "six links in the wrong order": [under(links[-1]), *links],
        "eleven more than needed": [under(ROOT), *(Kind(f"More {n}").make() for n in range(11))],
        "very long": [extended(padding)],
    }


def cases() -> dict[str, list[Made]]:
    """What servers send, by what is special about it."""
    same_name = Kind("Test Root").make()
    renewed = Kind("Test Root", key=ROOT.key).make()
    by_stranger = Kind("Middle", STRANGER, key=MIDDLE.key).make()
    short = Kind("Short", ROOT, constraints=x509.BasicConstraints(True, 0)).make()
    below_short = Kind("Below", short).make()
    no_usage = Kind("No Usage", ROOT, sign_usage=False).make()
    plain = Kind("Plain", ROOT, constraints=None, sign_usage=None).make()
    not_authority = Kind("Not", ROOT, constraints=x509.BasicConstraints(False, None)).make()
    limits = x509.NameConstraints([x509.DNSName("test")], None)
    limited = with_extension(Kind("Limited", ROOT), limits, critical=True).make()
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
    loose = Kind("Loose", ROOT, sign_usage=None, key_identifier=False).make()
    past_middle = Kind("Past", ROOT, days=OVER).make()
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - what old boxes make
    return {
        "by a trusted one": [under(ROOT)],
        "with the root": [under(ROOT), ROOT],
        "with a link": [under(MIDDLE), MIDDLE],
        "with two links in the wrong order": [under(LOW), MIDDLE, LOW],
        "with a stranger among them": [under(MIDDLE), STRANGER, MIDDLE],
        "without its link": [under(MIDDLE)],
        "unknown authority": [under(STRANGER)],
        "unknown authority, sent": [under(STRANGER), STRANGER],
        "unknown authority of a trusted name": [under(same_name), same_name],
        "renewed authority": [under(renewed), renewed],
        "signed by two": [under(MIDDLE), by_stranger, MIDDLE],
        "signed by two, the unknown one sent": [under(MIDDLE), by_stranger],
        "its own issuer": [for_host(None, HOST).make()],
        "trusted itself, though over": [OWN],
        "over": [under(ROOT, days=OVER)],
        "to come": [under(ROOT, days=TO_COME)],
        "link is over": [under(past_middle), past_middle],
        "trusted one is over": [under(OLD_ROOT)],
        "another name": [for_host(ROOT, "elsewhere.test").make()],
        "one of several names": [for_host(ROOT, "elsewhere.test", HOST).make()],
        "common name only": [for_host(ROOT).make()],
        "for clients": [extended(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]))],
        "for servers": [extended(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]))],
        "unknown demand": [extended(unknown, critical=True)],
        "unknown remark": [extended(unknown)],
        "link is no authority": [under(not_authority), not_authority],
        "link says nothing of authority": [under(plain), plain],
        "link may not sign": [under(no_usage), no_usage],
        "too many links": [under(below_short), below_short, short],
        "link without key identifier": [under(loose, key_identifier=False), loose],
        "limited to names": [under(limited), limited],
        "trusted one is no authority": [under(NO_AUTHORITY)],
        "short key": [under(ROOT, key=key)],
        "old algorithm": [chains.with_sha1(ROOT, HOST)],
        "key for encryption": [extended(only_for(key_encipherment=True), key=key)],
        "key for agreement": [extended(only_for(key_agreement=True))],
        "key for certificates": [extended(only_for(key_cert_sign=True))],
        "key for signatures": [extended(only_for(digital_signature=True))],
        "Netscape client": [extended(netscape(0x80))],
        "Netscape server": [extended(netscape(0x40))],
        "another key of its authority": [naming(b"another")],
        "its authority's key": [naming(identifier(ROOT))],
        "another certificate of its authority": [naming(identifier(ROOT), 12345)],
        "its authority's certificate": [naming(identifier(ROOT), ROOT.certificate.serial_number)],
        "another key of its link": [naming(b"another", issuer=MIDDLE), MIDDLE],
        **more_than_java_takes(),
    }


def identifier(made: Made) -> bytes:
    return x509.SubjectKeyIdentifier.from_public_key(made.key.public_key()).digest


MAY_BE_LEFT_OPEN = {
    *("limited to names", "trusted one is no authority", "old algorithm"),
    *("key for encryption", "another key of its link", "six links in the wrong order"),
    *("eleven more than needed", "very long"),
}


@dataclass(frozen=True)
class Servers:
    """All that run, what they send, and the judge."""

    ports: dict[str, int]
    sent: dict[str, tuple[x509.Certificate, ...]]
    judge: Path


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    folder = tmp_path_factory.mktemp("servers")
    with ExitStack() as stack:
        ports = {
            name: stack.enter_context(chains.server(sent, folder)) for name, sent in cases().items()
        }
        yield Servers(
            ports, {name: seen(port) for name, port in ports.items()}, java.compiled(folder)
        )


def seen(port: int) -> tuple[x509.Certificate, ...]:
    route = proxies.choose(Scope(), host(), HOST)
    return encryption.shake_hands(Target(route, "127.0.0.1", HOST, port), None, 5).sent


def jks(folder: Path) -> dict[str, str]:
    return {STORE: str(java.store(folder / "list.jks", TRUSTED))}


def jks_without(folder: Path) -> dict[str, str]:
    return {STORE: str(java.store(folder / "list.jks", [Kind("Somebody").make()]))}


def jks_wrong_password(folder: Path) -> dict[str, str]:
    return {**jks(folder), PASSWORD: "wrong-one"}


def jceks(folder: Path) -> dict[str, str]:
    return {STORE: str(java.store(folder / "list.jceks", TRUSTED, "JCEKS"))}


def jceks_told(folder: Path) -> dict[str, str]:
    return {**jceks(folder), TYPE: "jceks"}


def pkcs12(folder: Path) -> dict[str, str]:
    return {STORE: str(java.store(folder / "list.p12", TRUSTED, "PKCS12")), PASSWORD: java.PASSWORD}


def pkcs12_closed(folder: Path) -> dict[str, str]:
    return {STORE: pkcs12(folder)[STORE]}


def pkcs12_wrong_password(folder: Path) -> dict[str, str]:
    return {**pkcs12(folder), PASSWORD: "wrong-one"}


def pkcs12_told_jks(folder: Path) -> dict[str, str]:
    return {**pkcs12(folder), TYPE: "JKS"}


def without_password(folder: Path) -> dict[str, str]:
    entries = [PKCS12Certificate(one.certificate, str(n).encode()) for n, one in enumerate(TRUSTED)]
    file = folder / "cacerts"
    file.write_bytes(serialize_java_truststore(entries, NoEncryption()))
    return {STORE: str(file)}


def without_mark(folder: Path) -> dict[str, str]:
    """As openssl writes certificates without a key."""
    file = folder / "list.p12"
    certificates = [one.certificate for one in TRUSTED]
    locked = BestAvailableEncryption(java.PASSWORD.encode())
    file.write_bytes(serialize_key_and_certificates(None, None, None, certificates, locked))
    return {STORE: str(file), PASSWORD: java.PASSWORD}


def jdks_own(folder: Path) -> dict[str, str]:
    return {STORE: str(copied(folder))}


def jdks_own_with(folder: Path) -> dict[str, str]:
    return {STORE: str(java.store(copied(folder), TRUSTED))}


def copied(folder: Path) -> Path:
    """The real list of the JDK here."""
    home = Path(shutil.which("java") or "").resolve().parent.parent
    return Path(shutil.copy(home / "lib" / "security" / "cacerts", folder / "cacerts"))


def own_format(*entries: tuple[str, bytes], kind: str = "X.509") -> bytes:
    """A store in Java's own format, by hand: what keytool never writes."""
    written = b""
    for alias, certificate in entries:
        texts = [len(text).to_bytes(2, "big") + text.encode() for text in (alias, kind)]
        written += (2).to_bytes(4, "big") + texts[0] + bytes(8) + texts[1]
        written += len(certificate).to_bytes(4, "big") + certificate
    return b"\xfe\xed\xfe\xed\0\0\0\2" + len(entries).to_bytes(4, "big") + written + bytes(20)


def by_hand(folder: Path, content: bytes) -> dict[str, str]:
    (folder / "list.jks").write_bytes(content)
    return {STORE: str(folder / "list.jks")}


def encoded(made: Made) -> bytes:
    return made.certificate.public_bytes(Encoding.DER)


ALL = [(f"t{number}", encoded(one)) for number, one in enumerate(TRUSTED)]


def bytes_behind_certificates(folder: Path) -> dict[str, str]:
    return by_hand(folder, own_format(*((alias, one + b"more") for alias, one in ALL)))


def bytes_behind_the_store(folder: Path) -> dict[str, str]:
    return by_hand(folder, own_format(*ALL) + b"more")


def one_alias_twice(folder: Path) -> dict[str, str]:
    """Java keeps the last: all of ours are gone."""
    other = encoded(Kind("Somebody").make())
    return by_hand(folder, own_format(*ALL, *((alias, other) for alias, _ in ALL)))


def empty(folder: Path) -> dict[str, str]:
    return by_hand(folder, b"")


def cut(folder: Path) -> dict[str, str]:
    return by_hand(folder, own_format(*ALL)[:900])


def of_another_version(folder: Path) -> dict[str, str]:
    return by_hand(folder, own_format(*ALL).replace(b"\0\0\0\2", b"\0\0\0\3", 1))


def of_another_type(folder: Path) -> dict[str, str]:
    return by_hand(folder, own_format(*ALL, kind="PGP"))


def with_a_damaged_certificate(folder: Path) -> dict[str, str]:
    return by_hand(folder, own_format(*ALL, ("odd", b"\x30\x03\x02\x01\x05")))


@pytest.mark.parametrize(
    "make", [empty, cut, of_another_version, of_another_type, with_a_damaged_certificate]
)
def test_java_when_the_list_is_odd_then_it_refuses_all_and_we_believe_none(
    make: Callable[[Path], dict[str, str]], servers: Servers, tmp_path: Path
) -> None:
    install(tmp_path)
    properties = make(tmp_path)
    computer = with_properties(tmp_path, properties)
    with pytest.raises(CannotCheck):
        java_list.read(computer, place(computer, tmp_path))
    address = f"https://{HOST}:{servers.ports['by a trusted one']}/"
    assert not java.believes(java.ask(servers.judge, [address], properties)[0])


STORES = (
    jks, jks_without, jks_wrong_password, jceks, jceks_told, pkcs12, pkcs12_closed,
    pkcs12_wrong_password, pkcs12_told_jks, without_password, without_mark, jdks_own, jdks_own_with,
    bytes_behind_certificates, bytes_behind_the_store, one_alias_twice,
)  # fmt: skip
QUICK = (jks, jks_without, pkcs12, jdks_own)  # the others take a JVM and some seconds each
HAS_THEM = (
    jks, jceks_told, pkcs12, pkcs12_told_jks, without_password, jdks_own_with,
    bytes_behind_certificates, bytes_behind_the_store,
)  # fmt: skip


@pytest.mark.parametrize(
    "make",
    [make if make in QUICK else pytest.param(make, marks=pytest.mark.full) for make in STORES],
)
def test_java_when_asked_then_it_says_as_we_do(
    make: Callable[[Path], dict[str, str]], servers: Servers, tmp_path: Path
) -> None:
    install(tmp_path)
    properties = make(tmp_path)
    computer = with_properties(tmp_path, properties)
    trusted = java_list.read(computer, place(computer, tmp_path))
    now = datetime.now(UTC)
    ours = {name: trusted.judge(sent, HOST, now) for name, sent in servers.sent.items()}
    addresses = [f"https://{HOST}:{port}/" for port in servers.ports.values()]
    told = dict(zip(servers.ports, java.ask(servers.judge, addresses, properties), strict=True))
    open_ones = {name for name, judged in ours.items() if judged.failure is UNDECIDED}
    differing = {
        name: (judged.failure, judged.detail, told[name])
        for name, judged in ours.items()
        if name not in open_ones and (judged.failure is None) is not java.believes(told[name])
    }
    assert differing == {}
    assert open_ones <= MAY_BE_LEFT_OPEN
    assert (ours["by a trusted one"].failure is None) is (make in HAS_THEM)


EXPECTED = {
    "by a trusted one": None,
    "with two links in the wrong order": None,
    "renewed authority": None,
    "signed by two": None,
    "trusted itself, though over": None,
    "trusted one is over": None,
    "link without key identifier": None,
    "without its link": TrustFailure.UNTRUSTED_ISSUER,
    "unknown authority, sent": TrustFailure.UNTRUSTED_ISSUER,
    "unknown authority of a trusted name": TrustFailure.UNTRUSTED_ISSUER,
    "over": TrustFailure.EXPIRED,
    "to come": TrustFailure.NOT_YET_VALID,
    "another name": TrustFailure.NAME_MISMATCH,
    "for clients": TrustFailure.UNSUITABLE,
    "too many links": TrustFailure.UNSUITABLE,
    "unknown demand": TrustFailure.UNSUITABLE,
    "old algorithm": UNDECIDED,
    "key for encryption": UNDECIDED,
    "key for agreement": TrustFailure.UNSUITABLE,
    "key for certificates": TrustFailure.UNSUITABLE,
    "key for signatures": None,
    "Netscape client": TrustFailure.UNSUITABLE,
    "Netscape server": None,
    "another key of its authority": TrustFailure.UNSUITABLE,
    "another certificate of its authority": TrustFailure.UNSUITABLE,
    "its authority's certificate": None,
    "six links": None,
    "six links in the wrong order": UNDECIDED,
    "eleven more than needed": UNDECIDED,
    "very long": UNDECIDED,
}


def test_verdict_when_given_then_names_the_reason(servers: Servers) -> None:
    trusted = [one.certificate for one in TRUSTED]
    now = datetime.now(UTC)
    found = {name: chain.judge(servers.sent[name], trusted, HOST, now).failure for name in EXPECTED}
    assert found == EXPECTED
