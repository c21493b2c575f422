"""Which tests run in one process, one after the other, when the run is parallel."""

from xdist.scheduler import LoadScopeScheduling

FAULTS, BROWSER = "tests/faults/", "tests/browser/"
DEMONSTRATION = "tests/protect_respect/test_demonstration_data.py"


class KeptTogether(LoadScopeScheduling):
    """Faults share servers that are slow to start; pages share a browser, one for each file of them; the
    demonstration's data are loaded once for their file.

    pytest-xdist names a group in the id of a test, which pytest 9.2 no longer lets it change: ask the path.
    """

    def _split_scope(self, nodeid):
        if nodeid.startswith(FAULTS):
            return FAULTS
        return nodeid.partition("::")[0] if nodeid.startswith((BROWSER, DEMONSTRATION)) else nodeid
