"""One JSON line per event on standard output, which is what CloudWatch and the local run read."""

import json
import threading
from typing import TextIO

MAX_TEXT_CHARACTERS = 256


class Log:
    """Writes events to `stream`; lines of concurrent requests never mix."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._writing = threading.Lock()

    def write(self, event: str, **details: str) -> None:
        """Writes one line; texts are cut, since some come from callers.

        A stream that is gone is no reason to fail a request, so it is ignored.
        """
        cut = {name: text[:MAX_TEXT_CHARACTERS] for name, text in details.items()}
        line = json.dumps({"event": event, **cut}) + "\n"
        try:
            with self._writing:
                self._stream.write(line)
                self._stream.flush()
        except (OSError, ValueError):
            return
