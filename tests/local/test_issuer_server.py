"""The local issuer on its socket."""

import http.client
import json
import socket
import stat
import tempfile
import threading
from pathlib import Path

from mockenv.local.invoke_server import INVOKE_PATH
from mockenv.local.issuer_server import serving_issuer


def test_it_answers_while_the_block_lasts_and_leaves_no_thread() -> None:
    before = threading.active_count()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "issuer.sock"
        with serving_issuer(lambda event, _: {"asked": event}, path):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert invoke(path, "x") == {"asked": "x"}
        with socket.socket(socket.AF_UNIX) as client:
            assert client.connect_ex(str(path)) != 0
    assert threading.active_count() <= before + 1  # the connection's own may be about to end


def invoke(path: Path, event: object) -> object:
    connection = http.client.HTTPConnection("issuer")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(path))
    try:
        connection.request("POST", INVOKE_PATH, json.dumps(event))
        return json.load(connection.getresponse())
    finally:
        connection.close()
