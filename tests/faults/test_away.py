"""G3, G4, G6, G10: parts that are away. What needs them says so; what does not need them goes on."""

import shutil
import signal
import time

import pytest

from tests.accounts.steps import code_of
from tests.faults.browser import Browser

pytestmark = pytest.mark.deep

SENT_IN_AN_OUTAGE = 50
ALL_WELL = {"database": "ok", "migrations": "ok", "broker": "ok", "outbox": "ok", "disk": "ok"}


@pytest.fixture(autouse=True)
def all_is_well_again(site):
    """Each fault begins on a site that has nothing owed and that nothing ails."""
    site.change("DELETE FROM outbox_message")
    site.mail.letters.clear()
    yield
    site.wait_until(lambda: site.health()[0] == 200, seconds=60)


def refer_quickly(next_draft):
    """Send some referrals: every one is accepted, and 95 of 100 in under a second."""
    took = []
    for _time in range(SENT_IN_AN_OUTAGE):
        draft, browser = next_draft()
        began = time.monotonic()
        assert browser.send_referral(draft)
        took.append(time.monotonic() - began)
    assert sorted(took)[int(len(took) * 0.95)] < 1


def sign_in(site):
    """The whole of it: e-mail, password, second factor. Returns where it ended."""
    who, browser = site.world["staff"], Browser(site.port)
    browser.get("/staff/login/" if browser.get("/staff/login/")[0] == 200 else "/")
    _status, leads_to, _page = browser.post("/staff/login/", {"login": who["email"], "password": who["password"]})
    return browser.post(leads_to, {"code": code_of(who["secret"], stands_for=10)})


def letters_arrive(site, count):
    """Within a minute."""
    return site.wait_until(lambda: len(site.mail.letters) >= count, seconds=60)


def test_a_broker_that_is_frozen_is_not_noticed_and_letters_follow(site, next_draft):
    site.start_clock()
    broker = site.children["broker"]
    broker.send_signal(signal.SIGSTOP)

    refer_quickly(next_draft)
    status, leads_to, _page = sign_in(site)

    assert (status, leads_to) == (302, "/home/")
    site.children["worker"].kill()
    site.end("worker")
    broker.send_signal(signal.SIGCONT)
    site.end("beat")
    site.start_clock()
    letters_arrive(site, SENT_IN_AN_OUTAGE)
    assert len(site.mail.letters) == SENT_IN_AN_OUTAGE
    for name in ("beat", "worker"):
        site.end(name)


def test_a_broker_that_forgets_everything_is_not_noticed_and_letters_follow(site, next_draft):
    """Flushed while the clock runs, what was queued is gone, and so is where; what is owed stands in the database."""
    site.start_clock()
    letters_arrive_after(site, next_draft)

    site.flush_broker()
    refer_quickly(next_draft)
    site.flush_broker()
    status, leads_to, _page = sign_in(site)
    letters_arrive(site, SENT_IN_AN_OUTAGE + 1)

    assert (status, leads_to) == (302, "/home/")
    for name in ("beat", "worker"):
        site.end(name)


def letters_arrive_after(site, next_draft):
    """The clock is at work: a letter has left."""
    draft, browser = next_draft()
    assert browser.send_referral(draft)
    letters_arrive(site, 1)


def test_without_a_broker_referrals_are_accepted_and_a_command_pays(site, next_draft):
    site.end("broker")

    refer_quickly(next_draft)
    status, words = site.health()
    paid = site.manage("relay")
    site.start_broker()

    assert (status, words) == (200, ALL_WELL | {"broker": "away"})
    assert paid == f"Sent {SENT_IN_AN_OUTAGE}.\n"
    assert len(site.mail.letters) == SENT_IN_AN_OUTAGE
    assert site.health() == (200, ALL_WELL)


def test_without_the_trail_staff_read_nothing_and_the_public_is_still_served(site, staff, next_draft):
    pages = ["/triage/", f"/triage/{site.world['reference']}/"]
    shown = [staff.get(page) for page in pages]
    assert [status for status, _leads_to, _page in shown] == [200, 200]
    assert site.world["canary"] in shown[1][2]
    site.change("REVOKE INSERT ON audit_auditevent FROM protect_respect")

    try:
        refused = [staff.get(page) for page in pages]
        refer_quickly(next_draft)
    finally:
        site.change("GRANT INSERT ON audit_auditevent TO protect_respect")

    assert [status for status, _leads_to, _page in refused] == [503, 503]
    for _status, _leads_to, page in refused:
        assert site.world["canary"] not in page
        assert site.world["reference"] not in page
    assert [staff.get(page)[0] for page in pages] == [200, 200]


def test_a_late_letter_is_told_and_turns_nobody_away(site):
    site.change(
        """
        INSERT INTO outbox_message
            (key, template, language, "to", reference, path, counts, created_at, try_after, tries)
        VALUES
            ('late', 'danger', 'en-gb', 'a@school.example', '', '', '{}', now() - interval '6 minutes', now(), 0)
        """
    )

    assert site.health() == (200, ALL_WELL | {"outbox": "late"})


def test_a_missing_migration_is_told_and_takes_no_referral(site):
    [row] = site.rows("SELECT app, name, applied FROM django_migrations WHERE app = 'outbox' ORDER BY id DESC LIMIT 1")
    site.change("DELETE FROM django_migrations WHERE app = %s AND name = %s", *row[:2])
    try:
        told = site.health()
    finally:
        site.change("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", *row)

    assert told == (503, ALL_WELL | {"migrations": "missing"})


def test_a_database_that_is_away_is_told_kindly_and_mends_by_itself(site, next_draft):
    draft, browser = next_draft()
    site.cluster.stop()
    began = time.monotonic()

    told = site.health()
    status, _leads_to, page = browser.get("/")
    took = time.monotonic() - began
    assert browser.send_referral(draft) is None
    site.cluster.start()

    assert told[0] == 503
    assert told[1] | {"broker": "ok"} == {
        "database": "away",
        "migrations": "unknown",
        "broker": "ok",
        "outbox": "unknown",
        "disk": "ok",
    }
    assert (status, "Traceback" in page) == (503, False)
    assert took < 2 * 3
    site.wait_until(lambda: site.health()[0] == 200, seconds=10)
    assert browser.send_referral(draft)


def test_a_database_that_only_reads_is_told(site):
    site.change("ALTER DATABASE protect_respect SET default_transaction_read_only = on")
    site.change("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'protect_respect'")
    try:
        status, words = site.health()
    finally:
        with site.database() as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute("ALTER DATABASE protect_respect RESET default_transaction_read_only")
        site.change("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'protect_respect'")

    assert (status, words["database"]) == (503, "read-only")


def test_a_disk_that_is_nearly_full_is_told(client, db, monkeypatch):
    usage = shutil.disk_usage("/")
    nearly_full = type(usage)(total=1000, used=901, free=99)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: nearly_full)

    assert client.get("/health/ready").json()["disk"] == "low"
