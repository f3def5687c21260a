# SPDX-License-Identifier: MIT
"""An RFC 3161 time stamp server on loopback; the stamps are made by openssl."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.support.code_signers import Identity

_SETTINGS = """
[tsa]
default_tsa = stamps
[stamps]
serial = {folder}/serial
signer_cert = {folder}/certificate.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


@contextmanager
def timestamp_server(identity: Identity, folder: Path) -> Iterator[str]:
    """The server's URL while it runs."""
    folder.mkdir(exist_ok=True)
    identity.certificate_pem(folder / "certificate.pem")
    identity.key_pem(folder / "key.pem")
    (folder / "serial").write_text("01\n")
    settings = folder / "settings.cnf"
    settings.write_text(_SETTINGS.format(folder=folder))

    class Stamper(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = folder / "query.tsq"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            command = ["openssl", "ts", "-reply", "-config", str(settings), "-queryfile"]
            reply = subprocess.run([*command, str(query)], capture_output=True, check=True).stdout
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *_values: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stamper)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
