"""Which tests run in one process, one after the other, when the run is parallel."""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/faults/", "tests/browser/")  # each builds something slow once


class KeptTogether(LoadScopeScheduling):
    """pytest-xdist names a group in the id of a test, which pytest 9.2 no longer lets it change: ask the folder."""

    def _split_scope(self, nodeid):
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)
