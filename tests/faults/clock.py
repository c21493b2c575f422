"""Beats and a worker as real processes, on the database of the test that is running."""

import os
import signal
import sys
import time
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from outbox.models import Message
from protect_respect.embedded import CHECKOUT, child, stop

CELERY = [sys.executable, "-m", "celery", "--app", "protect_respect"]


class Clock:
    def __init__(self, folder, *, broker, mail):
        self.folder, self.mail, self.children = Path(folder), mail, {}
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.quick_clock",
            "DATABASE_URL": _address(),
            "REDIS_URL": broker.url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail.port),
            "VAR_DIR": str(self.folder),
            "PYTHONWARNINGS": "ignore",
        }

    def start(self, *names):
        """Each a process of its own; a beat is named so, the others are workers."""
        for name in names:
            beat = ["beat", "--pidfile=", "--schedule", self.folder / name]
            words = beat if name.startswith("beat") else ["worker", "--pool", "solo"]
            command = [*CELERY, *words, "--loglevel", "WARNING"]
            log = self.folder / f"{name}.log"
            self.children[name] = child(command, log=log, cwd=CHECKOUT, env=self.environment, die_with=signal.SIGKILL)

    def kill(self, name):
        """SIGKILL. It must have lived until then, or nothing was shown."""
        process = self.children.pop(name)
        assert process.poll() is None, f"{name} ended before it could be killed"
        process.kill()
        process.wait()

    def stop(self):
        for process in self.children.values():
            stop(process, by=signal.SIGKILL)

    def jump(self, by):
        """Set the clock of all these processes, now and of those to come, so far from the right time."""
        told = self.folder / "seconds off.new"
        told.write_text(str(by.total_seconds()))
        told.rename(self.folder / "seconds off")

    def cut_off(self):
        """End every connection of these processes with the database, as a server that is stopped does. How many."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
            return cursor.fetchone()[0]

    def progress(self):
        """Letters owed, and then once more when they arrive."""
        return Message.objects.count() + len({letter.to[0] for letter in self.mail.letters})

    def wait_for(self, progress, *, seconds=300):
        """How long it took."""
        began = time.monotonic()
        while self.progress() < progress:
            assert time.monotonic() - began < seconds, f"{self.progress()} of {progress} after {seconds} s"
            time.sleep(0.005)
        return time.monotonic() - began


def _address():
    """Of the test's own database, as a URL."""
    own = connection.settings_dict
    words = make_conninfo(host=own["HOST"] or None, port=own["PORT"] or None)
    host, port = (dict(part.split("=") for part in words.split()).get(name, "") for name in ("host", "port"))
    secret = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    at = f"{own['USER']}{secret}@"
    if host.startswith("/"):
        return f"postgresql://{at}/{own['NAME']}?host={host}"
    return f"postgresql://{at}{host or '127.0.0.1'}:{port or 5432}/{own['NAME']}"
