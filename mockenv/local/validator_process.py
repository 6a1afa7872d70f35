"""The token validator as a process beside the mock host: the Lambda's own handler, called locally.

It answers the Lambda Invoke API (POST /2015-03-31/functions/function/invocations) on a Unix
socket that only its owner can open. Standard output carries JSON lines: `ready` once it listens,
`failed` with a message before it ends with a status other than 0, and the validator's own log,
so somebody has to read it. Only light modules are imported: the first request waits for it.
"""

import argparse
import contextlib
import importlib
import importlib.util
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from mockenv.local.invoke_server import Handler, InvokeServer, SocketInUseError

_HANDLER_MODULE = "token_validator.handler"


class StartError(Exception):
    """The validator can't serve; the message says why."""


def main(arguments: Sequence[str]) -> int:
    """Serves until told to end; returns the exit status: 0, or 1 if it could not start."""
    options = _parse(arguments)
    try:
        with _serving(options.socket) as server:
            _end_on_signals()
            if options.exit_with_stdin:
                threading.Thread(target=_end_with_stdin, daemon=True).start()
            _say("ready")
            server.serve_forever()
    except StartError as error:
        _say("failed", message=str(error))
        return 1
    except SystemExit:  # a signal or the end of standard input: what we were asked for
        return 0
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="validator_process", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument(
        "--exit-with-stdin", action="store_true", help="end when standard input ends"
    )
    return parser.parse_args(arguments)


@contextlib.contextmanager
def _serving(path: Path) -> Iterator[InvokeServer]:
    handler = _load_handler()
    try:
        server = InvokeServer(path, handler)
    except (SocketInUseError, OSError) as error:
        raise StartError(f"socket {path}: {error}") from None
    try:
        yield server
    finally:
        path.unlink(missing_ok=True)


def _load_handler() -> Handler:
    """The Lambda's handler; settings that it would refuse every request for are said at once."""
    _make_importable()
    module = importlib.import_module(_HANDLER_MODULE)
    if module.authorize.problem is not None:
        raise StartError(module.authorize.problem)
    handler: Handler = module.handler
    return handler


def _make_importable() -> None:
    # In a checkout that is not installed, lambda_src lies two folders above this package's.
    if importlib.util.find_spec("token_validator") is None:
        sys.path.append(str(Path(__file__).resolve().parents[2] / "lambda_src"))


def _end_on_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - signal's signature
    raise SystemExit(0)


def _end_with_stdin() -> None:
    # os.read, since a buffered reader that waits in a thread would block the interpreter's end.
    with contextlib.suppress(OSError):
        while os.read(0, 65_536):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _say(event: str, **details: str) -> None:
    with contextlib.suppress(OSError):
        sys.stdout.write(json.dumps({"event": event, **details}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    status = main(sys.argv[1:])
    # Threads may be in the middle of an answer: the interpreter's orderly end would wait for locks
    # that they hold.
    os._exit(status)
