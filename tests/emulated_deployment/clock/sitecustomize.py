"""Puts a process's clock ahead: Python imports this by itself where it lies on PYTHONPATH."""

import os
import time

_AHEAD_SECONDS = float(os.environ.get("CLOCK_AHEAD_SECONDS", "0"))
_now = time.time
time.time = lambda: _now() + _AHEAD_SECONDS
