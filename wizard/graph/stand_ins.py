# SPDX-License-Identifier: MIT
"""Which of an app's roles are documented to do for the same requests as one that it hasn't.

Microsoft's table names several permissions for one request, of which any does. Where every request
that takes at least a missing permission takes one of the app's, the lack of it proves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wizard.graph import operations, permissions
from wizard.graph.operations import Operation


def of(permission: str, roles: Collection[str]) -> tuple[str, ...]:
    """The roles that stand in for it; none where one request would lack its permission."""
    asking = list(_asking(permission))
    by_request = [{role for role in roles if _does(role, request)} for request in asking]
    if not all(by_request):
        return ()
    alone = set(roles).intersection(*by_request) if by_request else set()
    return tuple(sorted(alone or set().union(*by_request)))


def _asking(permission: str) -> Iterator[Operation]:
    """The requests for which no weaker one than this does."""
    weaker = permissions.load().granted([permission]) - {permission}
    for row in operations.load().operations:
        if permission in row.any_of and weaker.isdisjoint(row.any_of):
            yield row


def _does(role: str, operation: Operation) -> bool:
    """As documented; what is only believed to do is no reason to doubt the vendor's list."""
    return not permissions.load().granted([role]).isdisjoint(operation.any_of)
