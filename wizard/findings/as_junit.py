# SPDX-License-Identifier: MIT
"""The diagnosis as JUnit XML, for build servers and dashboards that read it.

A problem is a failure, no answer is an error, a question that doesn't arise is skipped; a warning
passes and says so in its output.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from wizard import NAME
from wizard.findings.wording import check_title, outcome_word
from wizard.model import CheckResult, Diagnosis, Outcome
from wizard.texts import Texts

_ELEMENT_OF = {
    Outcome.PROBLEM: "failure",
    Outcome.COULD_NOT_CHECK: "error",
    Outcome.TIMED_OUT: "error",
    Outcome.NOT_APPLICABLE: "skipped",
}
# What XML 1.0 can't hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def diagnosis_to_junit(diagnosis: Diagnosis, texts: Texts) -> str:
    """One suite per cause, one case per check."""
    root = Xml.Element("testsuites", _totals(diagnosis.results))
    root.set("name", NAME)
    for verdict in diagnosis.verdicts:
        rows = diagnosis.of_cause(verdict.cause)
        suite = Xml.SubElement(root, "testsuite", _totals(rows))
        suite.set("name", texts(f"cause.{verdict.cause}.title"))
        suite.set("timestamp", diagnosis.started.replace(tzinfo=None).isoformat(timespec="seconds"))
        suite.set("hostname", _clean(diagnosis.host.name))
        for row in rows:
            _case(suite, row, texts)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode")


def _totals(rows: tuple[CheckResult, ...]) -> dict[str, str]:
    kinds = [_ELEMENT_OF.get(row.finding.outcome) for row in rows]
    return {
        "tests": str(len(rows)),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error")),
        "skipped": str(kinds.count("skipped")),
        "time": f"{sum(row.duration_s for row in rows):.3f}",
    }


def _case(suite: Xml.Element, row: CheckResult, texts: Texts) -> None:
    case = Xml.SubElement(suite, "testcase")
    case.set("classname", f"wizard.{row.cause}")
    case.set("name", check_title(row.check, texts))
    case.set("time", f"{row.duration_s:.3f}")
    summary = _clean(texts.summary(row.finding))
    element = _ELEMENT_OF.get(row.finding.outcome)
    if element:
        told = Xml.SubElement(case, element, {"message": summary})
        if element != "skipped":
            told.set("type", row.finding.outcome)
            told.text = "\n".join(_clean(line) for line in texts.advice(row.finding))
    else:
        word = outcome_word(row.finding.outcome, texts)
        Xml.SubElement(case, "system-out").text = f"{word}: {summary}"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("?", text)
