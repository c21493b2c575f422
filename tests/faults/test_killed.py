"""G1, G2: accepted is stored, whoever is killed. Kills are SIGKILL, and the client keeps the ledger."""

import signal
import sys
import threading
import time
from collections import Counter
from itertools import cycle

import psycopg
import pytest

from tests.faults.browser import Browser
from tests.faults.site import Site

pytestmark = pytest.mark.deep

CLIENTS = 4
SECONDS = 300
EVERY = 2  # seconds between kills: a worker needs about one to begin
LETTERS, KILLED_RELAYS = 1000, 20


class Load:
    """Referrers who send one referral after the other, each until it shows a reference."""

    def __init__(self, site):
        self.site = site
        self.ledger, self.unresolved, self.tries = {}, [], Counter()
        self.over = threading.Event()
        self.drafts = [site.world["drafts"].pop() for _ in range(len(site.world["drafts"]) * 3 // 4)]
        self.threads = [threading.Thread(target=self.send_all) for _ in range(CLIENTS)]

    def send_all(self):
        while not self.over.is_set() and self.drafts:
            draft, email = self.drafts.pop()
            browser = Browser(self.site.port, session=self.site.world["sessions"][email])
            reference, tries = browser.send_until_shown(draft)
            self.tries[tries] += 1
            if reference:
                self.ledger[draft] = reference
            else:
                self.unresolved.append(draft)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(90)


def stored(site):
    rows = site.rows("SELECT form_token::text, reference, id FROM referrals_referral")
    return {token: (reference, pk) for token, reference, pk in rows}


def test_every_reference_that_was_shown_is_a_row_with_its_message(site, counted):
    before, kills, victims = stored(site), Counter(), cycle(TURNS)
    with Load(site) as load:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            time.sleep(EVERY)
            victim = next(victims)
            kills[victim] += KILL[victim](site)
    site.wait_until(lambda: site.health()[0] == 200, seconds=60)

    rows = {token: row for token, row in stored(site).items() if token not in before}
    counted(f"{len(load.ledger)} acknowledged, {len(rows)} stored, kills {dict(kills)}, tries {dict(load.tries)}")
    assert min(kills[victim] for victim in KILL) > 0
    assert load.unresolved == []
    assert len(load.ledger) > sum(kills.values())
    assert {token: reference for token, (reference, _pk) in rows.items()} == load.ledger
    owed = Counter(key for (key,) in site.rows("SELECT key FROM outbox_message WHERE template = 'referral-received'"))
    assert {f"received:{pk}": 1 for _reference, pk in rows.values()}.items() <= owed.items()
    left = {token for (token,) in site.rows("SELECT id::text FROM referrals_referraldraft")}
    assert not left & set(load.ledger)
    assert all(site.rows("SELECT count(*) FROM referrals_statuschange WHERE referral_id = %s", pk) == [(1,)]
               for _reference, pk in rows.values())  # fmt: skip


def kill_a_backend(site):
    """It takes the whole PostgreSQL server through a recovery."""
    try:
        return site.kill_a_backend()
    except psycopg.OperationalError:
        return False  # it is still recovering from the last


KILL = {"web": Site.kill_a_worker_of_web, "backend": kill_a_backend, "postmaster": Site.kill_the_postmaster}
TURNS = ["web", "backend", "web", "postmaster"]


def test_a_relay_killed_in_the_middle_loses_no_letter(site):
    site.change("DELETE FROM outbox_message")
    site.mail.letters.clear()
    site.mail.delay = 0.02
    site.change(
        """
        INSERT INTO outbox_message (key, template, language, "to", reference, path, counts, due_on, created_at,
            try_after, tries)
        SELECT 'kill:' || n, 'referral-received', 'en-gb', 'referrer.' || n || '@school.example', 'PR-7K4M-2Q',
            '/refer/', '{}', current_date, now(), now(), 0
        FROM generate_series(1, %s) AS n
        """,
        LETTERS,
    )
    kills = 0
    for round_ in range(1, KILLED_RELAYS + 1):
        process = site.run("relay", [sys.executable, "manage.py", "relay"])
        assert site.mail.wait_for(round_ * LETTERS // (KILLED_RELAYS + 1), seconds=60)
        assert process.poll() is None, "it ended before it could be killed"
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
    site.wait_until(lambda: site.manage("relay") == "Sent 0.\n", seconds=120)
    site.mail.delay = 0

    copies = Counter(to for letter in site.mail.letters for to in letter.to)
    assert kills == KILLED_RELAYS > 0
    assert len(copies) == LETTERS
    assert sum(copies.values()) - LETTERS <= kills
    ids = {(letter.to[0], letter.message_id) for letter in site.mail.letters}
    assert len(ids) == LETTERS  # a letter that came twice came under one id
    assert site.rows("SELECT count(*) FROM outbox_message WHERE sent_at IS NULL") == [(0,)]
