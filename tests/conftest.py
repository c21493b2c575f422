"""What every test stands on: no network, quick passwords, plain static files, the figures of the run."""

import gc
import os
import shutil
import socket

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from protect_respect.embedded import Broker
from tests import flushing, quicker
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.centres import ServiceCentreFactory
from tests.figures import CI, DEEP
from tests.grouping import KeptTogether

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis.register_profile("ci", max_examples=100, deadline=None, suppress_health_check=SLOW_IS_FINE)
hypothesis.register_profile("deep", max_examples=2000, deadline=None, suppress_health_check=SLOW_IS_FINE)
hypothesis.load_profile("deep" if DEEP else "ci")

BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]  # the quickest first
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
HERE = {"localhost", "127.0.0.1", "::1", "", None}


def pytest_configure(config):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True  # nothing is gathered in tests
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.CACHES["process"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # a test begins anew
    if os.environ.get("SERVER_IS_TEMPORARY"):
        config.option.reuse_db = True  # nothing to drop: it takes seconds, and may take longer than a statement has
    flushing.install()
    quicker.install()
    _refuse_the_network()


def pytest_collection_modifyitems(config, items):
    if not DEEP:
        deep = [item for item in items if item.get_closest_marker("deep")]
        config.hook.pytest_deselected(items=deep)
        items[:] = [item for item in items if item not in deep]
    browser = [item for item in items if item.get_closest_marker("browser")]
    if browser and not CHROMIUM:
        if CI:
            raise pytest.UsageError("CI=true and no Chromium: the browser tests must run here.")
        for item in browser:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_collection_finish():
    """Ten thousand tests stay until the end: the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return KeptTogether(config, log)


def pytest_terminal_summary(terminalreporter):
    counted = [
        words for report in _reports(terminalreporter) for name, words in report.user_properties if name == "counted"
    ]
    if counted:
        terminalreporter.section("counted under faults")
        terminalreporter.write_line("\n".join(counted))
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(report)]
    if skipped or not CHROMIUM:
        terminalreporter.section("NO CHROMIUM", sep="!", red=True, bold=True)
        terminalreporter.line("The browser tests did not run. On Debian: sudo apt-get install chromium-headless-shell")


def _reports(terminalreporter):
    """Of each test that had something to tell, when it had run."""
    ended = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    return [report for report in ended if report.when == "call"]


def _refuse_the_network():
    """Only this machine may be reached: a test that needs more is wrong, and so is code that tries."""
    connect = socket.socket.connect

    def connect_here(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:
            raise PermissionError(f"The network is off in tests: {address[0]}")
        return connect(self, address)

    socket.socket.connect = connect_here


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium. It needs no sandbox of its own where root runs the tests (a CI container)."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture
def broker(tmp_path):
    """A broker of this test's own, a real process: stop it, freeze it, start it again."""
    if CI and not shutil.which("redis-server"):
        pytest.fail("CI=true and no redis-server: the broker tests must run against the real one here.")
    broker = Broker(tmp_path / "broker").start()
    yield broker
    broker.stop()


@pytest.fixture
def sign_in(client):
    """Sign ``client`` in as a colleague: ``sign_in(Role.DUTY_WORKER, at=centre)`` returns the user.

    Without a role it is somebody who may sign in and nothing more.
    """

    def signed_in(role=None, *, at=None, client=client):
        user = UserFactory(with_factor=True)
        if role is not None:
            MembershipFactory(user=user, role=role, centre=at or ServiceCentreFactory())
        client.force_login(user)
        return user

    return signed_in
