# SPDX-License-Identifier: MIT
"""Whether each log signature tells its own fixtures apart: hit, near miss, stale."""

from __future__ import annotations

import io
import threading
from dataclasses import replace

from wizard.errors import BadInput
from wizard.nakivo import log_signatures
from wizard.nakivo.log_content import Unpacked
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_signatures import LogRules, Signature
from wizard.nakivo.log_sources import Source
from wizard.nakivo.logs import Scan
from wizard.product import Product


def check_all(product: Product) -> int:
    """How many signatures there are; BadInput names the first that gets a fixture wrong."""
    signatures = log_signatures.load(product).signatures
    for signature in signatures:
        wrong = failed(signature, product)
        if wrong:
            raise BadInput("error.log_fixture", signature=signature.id, fixtures=", ".join(wrong))
    return len(signatures)


def failed(signature: Signature, product: Product) -> list[str]:
    """Which of a signature's own fixtures it gets wrong."""
    shipped = log_signatures.load(product)
    rules = replace(shipped, signatures=(signature,))
    return [name for name in ("hit", "near_miss", "stale") if not _is_right(name, signature, rules)]


def _is_right(name: str, signature: Signature, rules: LogRules) -> bool:
    data = str(getattr(signature, name)).strip("\n").encode()
    scan = Scan(rules, Stop(threading.Event()))
    scan.read(Source(name, lambda: Unpacked(io.BytesIO(data))))
    matches = [match for match in scan.evidence().matches if match.bearing.is_counted]
    if name == "near_miss":
        return not matches
    fresh = any(match.recent or match.undated for match in matches)
    aged = not fresh and not any(match.earlier for match in matches)
    return bool(matches) and (aged if name == "stale" else fresh)
