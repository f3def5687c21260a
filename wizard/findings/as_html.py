# SPDX-License-Identifier: MIT
"""The diagnosis as one page that needs no network, no script and no other file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError

from wizard import resources
from wizard.errors import BadInput
from wizard.findings import (
    as_json,
    permission_rows,
    rejected_rows,
    stations,
    timeline,
    vendor_steps,
    wording,
)
from wizard.findings.as_json import Document
from wizard.graph.network_path import Layer
from wizard.graph.permissions import Operation
from wizard.model import Diagnosis
from wizard.product import Product
from wizard.texts import Texts

TEMPLATE = "report.html.jinja"


def diagnosis_to_html(diagnosis: Diagnosis, product: Product, texts: Texts) -> str:
    """The page of a diagnosis."""
    document = as_json.diagnosis_to_json(diagnosis, product, texts, with_observations=True)
    return document_to_html(document, texts)


def document_to_html(document: Document, texts: Texts) -> str:
    """The page of a diagnosis that was stored as JSON."""
    return compile_template(resources.path(TEMPLATE)).render(
        document=document,
        language=texts.language,
        t=texts,
        layers=[stations.layer_name(layer, texts) for layer in Layer],
        paths=stations.of_document(document, texts),
        operations=[permission_rows.operation_name(one, texts) for one in Operation],
        matrix=permission_rows.of_document(document, texts),
        permission=partial(permission_rows.said, texts=texts),
        rejected=rejected_rows.of_document(document, texts),
        logged={str(cause): told for cause, told in timeline.of_document(document).items()},
        logged_sentence=partial(timeline.sentence, texts=texts),
        logged_note=partial(timeline.note, texts=texts),
        place=partial(stations.place, texts=texts),
        path_verdict=partial(stations.verdict, texts=texts),
        said=partial(stations.said, texts=texts),
        lines=texts.lines,
        glyph=wording.glyph,
        worst_first=wording.worst_first,
        explanation=partial(wording.explanation, texts=texts),
        fitting=partial(vendor_steps.of_document, document),
        value=partial(wording.value, texts=texts),
        check_title=partial(wording.check_title, texts=texts),
        outcome_word=partial(wording.outcome_word, texts=texts),
        status_word=partial(wording.status_word, texts=texts),
    )


def compile_template(path: Path) -> Template:
    """A shipped template, ready to render; BadInput when it can't be."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        return environment.from_string(path.read_text(encoding="utf-8"))
    except TemplateSyntaxError as error:
        reason = f"{error.message}, line {error.lineno}"
        raise BadInput("error.not_readable_as", kind=path.name, reason=reason) from error
