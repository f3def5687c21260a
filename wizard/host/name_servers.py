# SPDX-License-Identifier: MIT
"""Which name servers is a Linux computer set to ask? Those of resolv.conf."""

from __future__ import annotations

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host.base import NameServer
from wizard.host.deadline import FILE_SECONDS, within


@within(FILE_SECONDS)
def name_servers() -> tuple[NameServer, ...]:
    """The name servers in the order in which they are asked, each once.

    Raises:
        CannotCheck: the file can't be read, or names none.
    """
    # Loaded here: the first window needs none of it.
    from dns.exception import DNSException  # noqa: PLC0415
    from dns.resolver import Resolver  # noqa: PLC0415

    try:
        found = Resolver().nameservers
    except DNSException as error:  # its words name neither a file's content nor a class
        raise CannotCheck("error.host_no_name_servers", reason=str(error)) from None
    except OSError as error:
        reason = failure_words.of(error)
        raise CannotCheck("error.host_no_name_servers", reason=reason) from None
    return tuple(NameServer(address) for address in dict.fromkeys(map(str, found)))
