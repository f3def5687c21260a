# SPDX-License-Identifier: MIT
"""Exchange Online without sign-in: it refuses, and says which sign-in it wants."""

from __future__ import annotations

import uuid

from wizard.demo.loopback import Request, Response

WANTED = 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", token_types="app_asserted"'


def answer(_request: Request) -> Response:
    """The answer to one request."""
    headers = {"WWW-Authenticate": WANTED, "request-id": str(uuid.uuid4())}
    return Response(401, "", "text/plain", headers)
