"""The whole product as real processes, on a PostgreSQL server, a broker and a mail server of the tests' own.

The tests' other database is not touched: what is killed here is only ours.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import redis

from protect_respect.embedded import (
    CHECKOUT,
    ROLE,
    CannotStart,
    Cluster,
    child,
    free_port,
    fresh_keys,
    stop,
    wait_for_port,
)
from tests.faults.smtp import MailServer

WORKERS = 2
PYTHON = [sys.executable, "-m"]
WEB = ["gunicorn", "--config", "deploy/gunicorn.conf.py"]
CELERY = ["celery", "--app", "protect_respect"]


class Site:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.port, self.broker_port = free_port(), free_port()
        self.mail = MailServer()
        self.children = {}

    # Servers

    def start(self, *, drafts):
        # Durable, unlike the tests' other server: a commit that only lies in memory dies with a killed backend.
        self.cluster = Cluster(self.folder / "cluster").start()
        self.cluster.create()
        self.mail.start()
        self.environment = os.environ | fresh_keys() | self._settings()
        (self.folder / "var").mkdir(exist_ok=True)  # the clock keeps its schedule there
        self.manage("migrate", "--verbosity", "0")
        self.manage("createcachetable")
        self.world = json.loads(self._python("-m", "tests.faults.prepare", str(drafts)))
        self.start_broker()
        self.start_web()
        return self

    def stop(self):
        for name in reversed(list(self.children)):
            self.end(name)
        self.mail.mode = "ok"
        self.mail.stop()
        self.cluster.stop()

    def _settings(self):
        return {
            "DATABASE_URL": self.cluster.url(),
            "REDIS_URL": f"redis://127.0.0.1:{self.broker_port}/0",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mail.port),
            "SITE_URL": f"http://localhost:{self.port}",
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": str(WORKERS),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SECURE_COOKIES": "False",
            "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "VAR_DIR": str(self.folder / "var"),
            "PYTHONWARNINGS": "ignore",
        }

    # Processes of ours

    def run(self, name, command, **more):
        log, environment = self.folder / f"{name}.log", self.environment | more
        self.children[name] = child(command, log=log, cwd=CHECKOUT, env=environment, die_with=signal.SIGKILL)
        return self.children[name]

    def end(self, name, *, by=signal.SIGTERM):
        process = self.children.pop(name)
        process.send_signal(signal.SIGCONT)
        stop(process, by=by)

    def start_web(self):
        self.run("web", [*PYTHON, *WEB, "protect_respect.wsgi"])
        self.wait_until(self.answers, seconds=60)

    def start_clock(self, *, settings="protect_respect.settings"):
        settings = {"DJANGO_SETTINGS_MODULE": settings}
        self.run("worker", [*PYTHON, *CELERY, "worker", "--pool", "solo", "--loglevel", "WARNING"], **settings)
        self.run("beat", [*PYTHON, *CELERY, "beat", "--loglevel", "WARNING", "--pidfile="], **settings)

    def start_broker(self):
        redis = shutil.which("redis-server")
        words = ["--bind", "127.0.0.1", "--port", self.broker_port, "--save", "", "--appendonly", "no"]
        fake = [*PYTHON, "protect_respect.embedded", "broker", self.broker_port]
        wait_for_port(self.broker_port, self.run("broker", [redis, *words] if redis else fake), name="The broker")

    def flush_broker(self):
        """Everything in it is gone: the queue, and what the processes agreed about it."""
        with redis.Redis(port=self.broker_port) as broker:
            broker.flushall()

    def manage(self, *words):
        return self._python("manage.py", *words)

    def put_in(self, *words):
        """More of what `tests.faults.more` can make. Returns what it says of it."""
        return json.loads(self._python("-m", "tests.faults.more", *map(str, words)))

    def _python(self, *words):
        done = subprocess.run(
            [sys.executable, *words], cwd=CHECKOUT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def workers_of_web(self):
        master = self.children["web"].pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def kill_a_worker_of_web(self):
        """SIGKILL. True when one was there to be killed."""
        workers = self.workers_of_web()
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311 -- which one is no secret
        return bool(workers)

    # The database, past the product

    def database(self):
        """A superuser's connection to the site's database."""
        return psycopg.connect(self.cluster.url(ROLE, role="postgres"), autocommit=True)

    def rows(self, query, *values):
        with self.database() as connection:
            return connection.execute(query, values).fetchall()

    def change(self, statement, *values):
        with self.database() as connection:
            connection.execute(statement, values)

    def kill_a_backend(self):
        """SIGKILL the PostgreSQL process behind one of the site's connections; the server then starts anew."""
        backends = self.rows("SELECT pid FROM pg_stat_activity WHERE usename = %s AND datname = %s", ROLE, ROLE)
        if backends:
            os.kill(random.choice(backends)[0], signal.SIGKILL)  # noqa: S311 -- which one is no secret
        return bool(backends)

    def kill_the_postmaster(self):
        """SIGKILL the PostgreSQL server itself and start it again, as what watches over it would. True: there was one.

        Its sessions end when they notice; until the last has, its memory is not free and a start is refused.
        """
        server = self.cluster.process
        server.send_signal(signal.SIGKILL)
        server.wait()
        for _try in range(10):
            with contextlib.suppress(CannotStart):
                self.cluster.start()
                return True
            time.sleep(0.5)
        raise AssertionError("PostgreSQL does not start again after its server was killed")

    # Asking

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=2):
                return True
        except OSError:
            return False

    def health(self):
        """The status and the words of the health page; without the clock, which runs only where a test starts it."""
        address = f"http://127.0.0.1:{self.port}/health/ready"
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                status, told = response.status, json.load(response)
        except urllib.error.HTTPError as response:
            with response:
                status, told = response.code, json.load(response)
        return status, {part: word for part, word in told.items() if part not in ("clock", "seconds")}

    def wait_until(self, holds, *, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if holds():
                return time.monotonic() - (deadline - seconds)
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} seconds: {holds}")
