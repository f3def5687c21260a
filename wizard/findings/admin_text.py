# SPDX-License-Identifier: MIT
"""The text for whoever administers the tenant: what to grant or look up, why, where, which app."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from wizard import codec, secret_patterns
from wizard.findings import admin_findings, admin_request_text, admin_rows, people, wording
from wizard.findings.admin_findings import Request
from wizard.graph import operations, token_lifetimes, words
from wizard.graph.admin_requests import RequestKind
from wizard.model import CheckResult, Diagnosis
from wizard.product import Product
from wizard.texts import Texts, readable

_WIDE = 78  # of the lines between parts
# A new one is made for these.
_OF_SECRETS = (RequestKind.CREDENTIAL, RequestKind.SHAREPOINT, RequestKind.ACCOUNT)
_NOT_SIGNED_IN, _ELSEWHERE = "error.not_signed_in", "check.sign_in.elsewhere."


def make(diagnosis: Diagnosis, product: Product, texts: Texts, cloud: str | None = None) -> str:
    """All that the tenant's administrator needs, and no secret; `cloud` as it was named by hand."""
    asked = admin_findings.requests(diagnosis, texts, cloud)
    blocks = [
        list(_head(diagnosis, texts, is_asked=bool(asked))),
        list(_app(diagnosis, texts, cloud)),
    ]
    for number, request in enumerate(asked, start=1):
        heading = f"{number}. {admin_request_text.title(request, texts)}"
        lines = admin_request_text.lines(request, product, texts)
        blocks.append([*_heading(heading), *lines])
    blocks.append(list(_untested(diagnosis, texts, is_asked=bool(asked))))
    if asked:
        blocks.append(list(_done(asked, texts)))
    is_secret = any(request.kind in _OF_SECRETS for request in asked)
    blocks.append([texts(f"admin_text.secrets{'_asked' if is_secret else ''}")])
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    if operations.NAME in text:
        text += f"\n{texts('admin_text.names')}"
    return people.without_addresses(secret_patterns.mask(f"{text}\n"))


def _head(diagnosis: Diagnosis, texts: Texts, *, is_asked: bool) -> Iterator[str]:
    host = diagnosis.host
    if host.sample:
        yield texts("admin_text.sample", scenario=host.sample)
    yield from _heading(texts("admin_text.title"))
    about = "about" if is_asked else "about_fine"
    yield texts(f"admin_text.{about}", computer=host.name, os=host.os)
    when = readable(codec.to_rfc3339(diagnosis.finished))
    yield texts("admin_text.made", when=when, version=diagnosis.program_version)
    for cause in admin_rows.left_out(diagnosis):
        yield texts("admin_text.left_out", cause=texts(f"cause.{cause}.title"))
    if not is_asked and admin_rows.report(diagnosis):
        yield texts(f"admin_text.{'nothing' if _is_all_tested(diagnosis) else 'nothing_yet'}")


def _is_all_tested(diagnosis: Diagnosis) -> bool:
    made = admin_rows.report(diagnosis)
    is_whole = not admin_findings.untested(diagnosis) and not admin_rows.left_out(diagnosis)
    return bool(made and made.signed_in) and is_whole


def _done(asked: Sequence[Request], texts: Texts) -> Iterator[str]:
    yield from _heading(texts("admin_text.done"))
    yield texts("admin_text.done_line")
    if any(request.kind in admin_findings.GRANTING for request in asked):
        yield texts("admin_text.done_granted", token_lifetimes.load().values)


def _app(diagnosis: Diagnosis, texts: Texts, cloud: str | None) -> Iterator[str]:
    """The ids by which the tenant's administrator finds the app."""
    made = admin_rows.report(diagnosis)
    if made is None:
        yield texts("admin_text.not_tested")
        return
    yield from _heading(texts("admin_text.app"))
    known = admin_findings.cloud_of(diagnosis, cloud)
    rows = {
        "tenant": made.tenant_id,
        "client": made.client_id,
        "credential": words.told(words.load().credential, made.credential),
        "cloud": known.name if known else urlsplit(made.url).netloc,
    }
    labels = {name: texts(f"admin_text.{name}") for name in rows}
    width = max(map(len, labels.values()))
    for name, value in rows.items():
        yield f"  {labels[name]:<{width}}  {value}"


def _untested(diagnosis: Diagnosis, texts: Texts, *, is_asked: bool) -> Iterator[str]:
    """What isn't known: as long as it isn't, nobody can say that nothing is to be done."""
    rows = admin_findings.untested(diagnosis)
    if is_asked:  # then why no sign-in came about stands above
        rows = tuple(row for row in rows if not row.finding.text.startswith(_ELSEWHERE))
    if rows and is_asked:
        yield from _heading(texts("admin_text.untested"))
    elif rows:
        yield texts("admin_text.not_known")
    alike: dict[str, list[CheckResult]] = {}
    for row in rows:
        alike.setdefault(_reason(row, texts), []).append(row)
    for reason, same in alike.items():
        titles = ", ".join(wording.check_title(row.check, texts) for row in same)
        yield f"{wording.glyph(str(same[0].finding.outcome))} {titles}. {reason}"


def _reason(row: CheckResult, texts: Texts) -> str:
    """Why; without the names of this program's pages, which the reader doesn't see."""
    no_token = row.finding.text == _NOT_SIGNED_IN
    return texts("admin_text.not_signed_in") if no_token else texts.summary(row.finding)


def _heading(text: str) -> Iterator[str]:
    yield text
    yield "-" * min(len(text), _WIDE)
