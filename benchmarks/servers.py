"""One PostgreSQL of this run's own, and gunicorn for each product. All of it on this machine, gone afterwards."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
from psycopg import sql

from protect_respect.embedded import CHECKOUT, Cluster, child, free_port, fresh_keys, stop

OURS, FLOOR = "protect_respect.wsgi", "benchmarks.floor.wsgi"
START_SECONDS = 60


class Ground:
    """Where a run takes place: a durable cluster (commits are real), and the environment of each product."""

    def __init__(self, folder):
        self.folder = folder
        self.cluster = Cluster(folder / "cluster")
        self.keys = fresh_keys()

    def start(self):
        self.cluster.start()
        self.cluster.create(may_create_databases=True)

    def environment(self, database, settings="protect_respect.settings"):
        return os.environ | self.keys | {
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": self.cluster.url(database),
            "SECURE_COOKIES": "False",
            "DEBUG": "False",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "VAR_DIR": str(self.folder / "var"),
            "STATIC_ROOT": str(self.folder / "static"),
            "LOG_LEVEL": "ERROR",
            "WITHOUT_APPS": "django_linear_migrations,django_migration_linter",  # as the image has it
        }  # fmt: skip

    def make_database(self, name):
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def run(self, *words, database, settings="protect_respect.settings"):
        """Run one of our modules to its end; what it prints last is JSON."""
        ran = subprocess.run(  # noqa: S603 -- our own modules
            [sys.executable, *map(str, words)],
            env=self.environment(database, settings),
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise SystemExit(f"{' '.join(map(str, words))} failed:\n{ran.stdout}{ran.stderr}")
        lines = ran.stdout.strip().splitlines()
        with contextlib.suppress(ValueError, IndexError):
            return json.loads(lines[-1])
        return None


@contextlib.contextmanager
def ground():
    folder = Path(tempfile.mkdtemp(prefix="pr-bench-"))
    folder.chmod(0o711)  # as root PostgreSQL has an account of its own, which must pass through
    here = Ground(folder)
    try:
        here.start()
        yield here
    finally:
        here.cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """gunicorn with two sync workers, as in production."""

    def __init__(self, ground, wsgi, *, database, first_page="/"):
        self.port = free_port()
        self.log = ground.folder / f"gunicorn-{database}.log"
        settings = "protect_respect.settings" if wsgi == OURS else "benchmarks.floor.settings"
        began = time.perf_counter()
        self.process = child(
            [
                sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
                "--bind", f"127.0.0.1:{self.port}", wsgi,
            ],
            log=self.log, cwd=CHECKOUT, env=ground.environment(database, settings) | {"WEB_WORKERS": "2"},
        )  # fmt: skip
        self._wait(first_page)
        self.seconds_to_first_page = time.perf_counter() - began

    def _wait(self, page):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{page}", timeout=20).close()  # noqa: S310 -- ours
                return
            except urllib.error.HTTPError as error:
                self.stop()
                raise SystemExit(f"{page} answers {error.code}:\n{self.log.read_text()[-2000:]}") from None
            except OSError:
                time.sleep(0.005)
        self.stop()
        raise SystemExit(f"A server did not start:\n{self.log.read_text()[-2000:]}")

    def stop(self):
        stop(self.process)

    def largest_worker(self):
        """Resident memory of its largest worker in MiB; nothing where the system does not tell (not Linux)."""
        sizes = [_resident(pid) for pid in _children(self.process.pid)]
        return max(sizes, default=None)


def _children(parent):
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if folder.joinpath("stat").read_text().rpartition(")")[2].split()[1] == str(parent):
                yield int(folder.name)


def _resident(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
