"""J3: what fails is told in the real logs of web, worker, clock and database, and what it held is not."""

import contextlib
import re

import pytest

from tests.referrals.public.answers import YOUNG_PERSON

pytestmark = pytest.mark.deep

CHILD = re.compile("|".join(YOUNG_PERSON[name] for name in ["last_name", "address"]))
LATER_THAN_ANY = "'2100-01-01'"


@pytest.fixture
def refusing(site):
    """Let a table refuse every new row: PostgreSQL's answer then quotes the whole row."""

    @contextlib.contextmanager
    def every_row_of(table, condition):
        site.change(f"ALTER TABLE {table} ADD CONSTRAINT refuses_all CHECK ({condition}) NOT VALID")
        try:
            yield
        finally:
            site.change(f"ALTER TABLE {table} DROP CONSTRAINT refuses_all")

    return every_row_of


@pytest.fixture
def logs(site):
    """What each part wrote, since the test began."""
    paths = {name: site.folder / f"{name}.log" for name in ["web", "worker", "beat"]}
    paths["database"] = site.cluster.log
    before = {name: path.stat().st_size if path.exists() else 0 for name, path in paths.items()}

    def read():
        return {name: path.read_bytes()[before[name] :].decode() for name, path in paths.items() if path.exists()}

    return read


def test_a_referral_that_cannot_be_stored_is_told_without_the_child(site, next_draft, refusing, logs):
    draft, browser = next_draft()

    with refusing("referrals_referredyoungperson", "first_name = ''"):
        assert browser.send_referral(draft) is None

    told = logs()
    assert '"type": "IntegrityError"' in told["web"]
    assert "refuses_all" in told["database"]
    for name, text in told.items():
        assert not CHILD.search(text), name
        assert browser_address(site, draft) not in text, name
    assert browser.send_referral(draft)


def test_a_letter_that_cannot_be_ticked_off_is_told_without_its_address(site, refusing, logs):
    site.change(
        """
        INSERT INTO outbox_message
            (key, template, language, "to", reference, path, counts, created_at, try_after, tries)
        VALUES ('told', 'danger', 'en-gb', 'kanarie@school.example', 'PR-7K4M-2Q', '/x/', '{}', now(), now(), 0)
        """
    )

    with refusing("outbox_message", f"sent_at > {LATER_THAN_ANY}"):
        site.start_clock()
        try:
            site.wait_until(lambda: "IntegrityError" in logs()["worker"], seconds=90)
        finally:
            for name in ("beat", "worker"):
                site.end(name)
    site.change("DELETE FROM outbox_message")

    told = logs()
    assert '"task": "outbox.tasks.relay"' in told["worker"]
    for name, text in told.items():
        assert "kanarie" not in text, name
        assert "PR-7K4M-2Q" not in text, name


def browser_address(site, draft):
    [[email]] = site.rows("SELECT email FROM referrals_referraldraft WHERE id = %s", draft)
    return email
