"""`manage.py demo`: the whole product on one machine, with fictional data, until Ctrl-C.

This runs before Django's settings are read, because it makes what they require: keys, a database
and a broker. The parts are ordinary processes of ours; this is their parent and does nothing else.
"""

import contextlib
import fcntl
import json
import os
import secrets
import shlex
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from protect_respect.embedded import (
    CHECKOUT,
    Broker,
    CannotStart,
    Cluster,
    child,
    fresh_keys,
    stop,
)

THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]"}
READY_SECONDS = 60
STEP = "  - "  # how a line of the preparation's log begins that is meant for people
ACCOUNTS = {
    "duty": "duty worker, South Wales",
    "practitioner": "practitioner with young people, South Wales",
    "carer.practitioner": "practitioner with carers, South Wales",
    "manager": "team manager, South Wales",
    "manager2": "second team manager, South Wales",
    "safeguarding": "safeguarding lead, South Wales",
    "service": "service manager, South Wales",
    "dpo": "data-protection officer, South Wales",
    "admin": "centre administrator, South Wales",
    "system": "system administrator",
    "duty.north": "duty worker, North",
    "manager.north": "team manager, North",
    "duty.national": "duty worker, National",
}


def say(line=""):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def data_folder():
    """As root outside the checkout, whose folders may be closed to the account that runs PostgreSQL."""
    if chosen := os.environ.get("DEMO_DATA"):
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/protect-respect-demo")
    return var_folder() / "demonstration"


def var_folder():
    return Path(os.environ.get("VAR_DIR", CHECKOUT / "var"))


class Demonstration:
    """Servers first, then the data, then our three processes; stopped in the opposite order."""

    def __init__(self, port):
        self.port = port
        self.folder = data_folder()
        self.logs = var_folder() / "log"
        self.cluster = self.broker = None
        self.children = {}  # sentence's subject -> process

    def run(self):
        try:
            self.start_servers()
            self.prepare()
            self.start_children()
            self.tell()
            return self.watch()
        except CannotStart as sentence:
            say(str(sentence))
            return 1
        except (KeyboardInterrupt, SystemExit):
            return 0
        finally:
            for name in (signal.SIGINT, signal.SIGTERM):
                signal.signal(name, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
            self.stop()

    def start_servers(self):
        self.environment = os.environ | keys(self.folder) | self.settings()
        if "DATABASE_URL" not in os.environ:
            say(f"Starting PostgreSQL (data in {self.folder})")
            self.cluster = Cluster(self.folder)
            self.cluster.start()
            self.cluster.create()
            self.environment["DATABASE_URL"] = self.cluster.url()
            self.environment["PATH"] = f"{self.cluster.bin}{os.pathsep}{os.environ['PATH']}"  # psql
        if "REDIS_URL" not in os.environ:
            self.broker = Broker(self.folder)
            self.broker.start()
            self.environment["REDIS_URL"] = self.broker.url

    def settings(self):
        return {
            "DEMONSTRATION": "True",
            "DEBUG": "False",
            "SECURE_COOKIES": "False",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SITE_URL": f"http://localhost:{self.port}",
            "VAR_DIR": str(var_folder().absolute()),
        }

    def prepare(self):
        say("Preparing (the first time takes a minute or two)")
        self.log("prepare").touch()
        with self.log("prepare").open(errors="replace") as told:
            told.seek(0, os.SEEK_END)
            words = [sys.executable, "manage.py", "prepare_demo"]
            self.children["The preparation"] = child(words, log=self.log("prepare"), cwd=CHECKOUT, env=self.environment)
            failed = self.follow(self.children["The preparation"], told)
        if failed:
            raise CannotStart(self.last_words("The preparation", "prepare"))
        del self.children["The preparation"]

    def follow(self, process, told):
        """Say each step that it writes into its log, until it ends; its answer, as of ``wait``."""
        while True:
            has_ended = process.poll() is not None
            for line in told:
                if line.startswith(STEP):
                    say(line.rstrip())
            if has_ended:
                return process.returncode
            time.sleep(0.1)

    def start_children(self):
        python = [sys.executable, "-m"]
        web = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{self.port}"]
        clock = ["celery", "--app", "protect_respect"]
        say("Starting the web server, the worker and the clock")
        self.start("The web server", "web", [*python, *web, "protect_respect.wsgi"])
        self.wait_until_it_answers()
        worker = ["worker", "--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
        self.start("The worker", "worker", [*python, *clock, *worker], STATEMENT_TIMEOUT_SECONDS="60")
        self.start("The clock", "beat", [*python, *clock, "beat", "--loglevel", "WARNING", "--pidfile="])

    def start(self, name, log, command, **more):
        self.children[name] = child(command, log=self.log(log), cwd=CHECKOUT, env=self.environment | more)

    def wait_until_it_answers(self):
        web = self.children["The web server"]
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and web.poll() is None:
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=2).close()  # noqa: S310 -- ourselves
                return
            time.sleep(0.1)
        raise CannotStart(self.last_words("The web server", "web"))

    def tell(self):
        write_private(self.folder / "running.json", json.dumps(self.exports()))
        say()
        say(f"Ready: http://localhost:{self.port}/")
        say(f"  to refer      http://localhost:{self.port}/")
        say(f"  staff         http://localhost:{self.port}/home/")
        say(f"  mail          http://localhost:{self.port}/demo/mail/")
        say()
        say(f"Demonstration accounts, password {self.environment['DEMO_PASSWORD']}")
        for name, role in ACCOUNTS.items():
            say(f"  {name}@demo.example".ljust(36) + role)
        say()
        say(f"Logs: {self.logs}. Ctrl-C stops everything and keeps the data; `make demo-reset` forgets it.")

    def exports(self):
        """What another command needs to work on this demonstration's data."""
        names = [*keys(self.folder), *self.settings(), "DATABASE_URL", "REDIS_URL", "PATH"]
        return {name: self.environment[name] for name in names}

    def watch(self):
        """Until somebody stops us, or a part dies: a demonstration with a part missing would mislead."""
        parts = dict(self.children)
        if self.cluster:
            parts["PostgreSQL"] = self.cluster.process
        if self.broker:
            parts["The broker"] = self.broker.process
        while True:
            for name, process in parts.items():
                if process.poll() is not None:
                    say(f"{name} has stopped by itself, so everything stops. Its log is in {self.logs}.")
                    return 1
            time.sleep(0.3)

    def stop(self):
        say("Stopping")
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "running.json").unlink()
        for process in reversed(self.children.values()):
            stop(process)
        for server in (self.broker, self.cluster):
            if server:
                server.stop()

    def log(self, name):
        self.logs.mkdir(parents=True, exist_ok=True)
        return self.logs / f"{name}.log"

    def last_words(self, name, log):
        lines = self.log(log).read_text(errors="replace").splitlines()[-15:]
        return "\n".join([f"{name} failed. Its last words:", *lines])


def keys(folder):
    """Made once and kept beside the data that they protect, readable by their owner only."""
    file = folder / "keys.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_private(file, json.dumps({**fresh_keys(), "DEMO_PASSWORD": f"demo-{secrets.token_hex(6)}"}))
    return json.loads(file.read_text())


def write_private(file, text):
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
    new.replace(file)


@contextlib.contextmanager
def alone(folder):
    """One demonstration for each data folder. The lock ends with the process, however that ends."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"The demonstration with its data in {folder} is running already.") from None
        yield


def refuse_other_hosts():
    hosts = {host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",")} - {""}
    if not hosts <= THIS_MACHINE:
        raise CannotStart(
            "The demonstration has no second factor, so it runs on this machine only: ALLOWED_HOSTS names another."
        )


def refuse_taken_port(port):
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStart(f"Port {port} is taken by another program: make demo PORT={port + 1}") from None


def print_environment():
    try:
        exports = json.loads((data_folder() / "running.json").read_text())
    except FileNotFoundError:
        raise CannotStart("The demonstration is not running: start it with `make demo`.") from None
    for name, value in exports.items():
        say(f"export {name}={shlex.quote(value)}")


def forget():
    """Remove what we made in the data folder, and the mail. Another file in there keeps the folder."""
    folder = data_folder()
    if not folder.exists():
        return say("There was nothing to forget.")
    with alone(folder):
        for made in ["postgres", "sockets", *(path.name for path in folder.glob("program-*"))]:
            shutil.rmtree(folder / made, ignore_errors=True)
        for made in ("keys.json", "running.json", "postgres.log", "broker.log", "lock"):
            (folder / made).unlink(missing_ok=True)
        shutil.rmtree(var_folder() / "mail", ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.rmdir()
    return say("The demonstration's data is forgotten.")


def start(port):
    refuse_other_hosts()
    refuse_taken_port(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs deaf to it
    with alone(data_folder()):
        return Demonstration(port).run()


def main(words):
    try:
        match words:
            case []:
                return start(int(os.environ.get("PORT", "8000")))
            case ["--env"]:
                return print_environment()
            case ["--reset"]:
                return forget()
            case _:
                raise CannotStart("usage: manage.py demo [--env | --reset]; PORT=8001 moves it")
    except CannotStart as sentence:
        sys.stderr.write(f"{sentence}\n")
        return 1
