"""One site for all faults, in one process of the test run: it is slow to build, and a fault mends itself."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.faults.browser import Browser
from tests.faults.site import Site
from tests.figures import CI

DRAFTS = 12_000


@pytest.fixture(scope="session")
def site():
    if CI and not shutil.which("redis-server"):
        pytest.fail("CI=true and no redis-server: the broker tests must run against the real one here.")
    folder = Path(tempfile.mkdtemp(prefix="pr-faults-"))
    folder.chmod(0o711)  # the account that PostgreSQL runs as passes through
    site = Site(folder)
    try:
        yield site.start(drafts=DRAFTS)
    finally:
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def next_draft(site):
    """A draft that nobody has sent, and the browser of its referrer."""

    def taken():
        draft, email = site.world["drafts"].pop()
        return draft, Browser(site.port, session=site.world["sessions"][email])

    return taken


@pytest.fixture
def staff(site):
    return Browser(site.port, session=site.world["staff"]["session"])


@pytest.fixture
def counted(record_property):
    """What a test counted, told at the end of the run from whichever process it ran in: ``tests/conftest.py``."""
    return lambda words: record_property("counted", words)
