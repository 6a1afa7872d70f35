import http.client
import json
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mockenv.local.invoke_server import INVOKE_PATH, Handler, InvokeServer


@contextmanager
def serving(handler: Handler) -> Iterator[http.client.HTTPConnection]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "function.sock"
        with InvokeServer(path, handler) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            connection = http.client.HTTPConnection("function")
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(str(path))
            try:
                yield connection
            finally:
                connection.close()
                server.shutdown()
                thread.join()


def invoke(connection: http.client.HTTPConnection, event: object) -> http.client.HTTPResponse:
    connection.request("POST", INVOKE_PATH, json.dumps(event))
    return connection.getresponse()


def test_the_handler_gets_the_event_and_its_result_is_the_answer() -> None:
    with serving(lambda event, context: {"event": event, "context": context}) as connection:
        response = invoke(connection, {"headers": {"a": "ä"}})
        assert response.status == 200
        assert response.getheader("X-Amz-Function-Error") is None
        assert json.load(response) == {"event": {"headers": {"a": "ä"}}, "context": None}


def test_an_exception_is_an_answer_marked_as_unhandled() -> None:
    def broken(event: object, context: object) -> object:
        raise KeyError(f"{event} {context}")

    with serving(broken) as connection:
        response = invoke(connection, "x")
        assert response.status == 200
        assert response.getheader("X-Amz-Function-Error") == "Unhandled"
        assert json.load(response) == {"errorMessage": "'x None'", "errorType": "KeyError"}


@pytest.mark.parametrize("result", [object(), b"bytes", {1, 2}])
def test_a_result_that_is_not_json_is_marked_as_unhandled(result: object) -> None:
    with serving(lambda event, context: result) as connection:  # noqa: ARG005
        response = invoke(connection, {})
        assert response.getheader("X-Amz-Function-Error") == "Unhandled"
        assert json.load(response)["errorType"] == "TypeError"
