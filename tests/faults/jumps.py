"""The clock of this one process, moved while it runs, as somebody who sets the clock of a machine moves it.

What counts seconds since the machine began does not jump, here as there.
"""

import threading
import time
from datetime import UTC, datetime

import time_machine

RIGHT = time.time() - time.monotonic()  # of the process, before anything jumped


def follow(path):
    """From now on the clock is as many seconds off as the file at ``path`` says."""
    now_off = _set(path, 0.0)
    threading.Thread(target=_watch, args=(path, now_off), daemon=True).start()


def _watch(path, off):
    while True:
        time.sleep(0.05)
        off = _set(path, off)


def _set(path, off):
    told = float(path.read_text()) if path.exists() else 0.0
    if told != off:
        there = datetime.fromtimestamp(RIGHT + time.monotonic() + told, UTC)
        time_machine.travel(there, tick=True).start()
    return told
