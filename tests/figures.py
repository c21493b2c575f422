"""How much of a test to run: the everyday figure, or the goal of the battery under `make test-deep`."""

import os

DEEP = os.environ.get("DEEP") == "1"
CI = os.environ.get("CI", "").lower() == "true"


def figure(everyday, deep):
    return deep if DEEP else everyday
