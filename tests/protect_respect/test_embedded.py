"""PostgreSQL and the broker from wheels: who runs them, who may reach them, what stays as it was."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from celery import Celery
from django.conf import settings

from protect_respect import embedded


@pytest.fixture(scope="module")
def folder():
    """Ours, and below a folder that is not: that one must come out as it went in."""
    above = Path(tempfile.mkdtemp(prefix="pr-embedded-"))
    above.chmod(0o711)
    yield above / "data"
    shutil.rmtree(above)


@pytest.fixture(scope="module")
def cluster(folder):
    cluster = embedded.Cluster(folder).start()
    cluster.create()
    yield cluster
    cluster.stop()


def mode(path):
    return path.stat().st_mode & 0o777


def test_the_role_is_no_superuser_and_owns_the_database(cluster):
    with psycopg.connect(cluster.url()) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        connection.execute("CREATE EXTENSION pg_trgm")

    assert role == (False, False, False, False)
    assert owner == (embedded.ROLE,)


def test_the_role_cannot_silence_triggers(cluster):
    with psycopg.connect(cluster.url()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SET session_replication_role = replica")


def test_it_listens_on_no_port_and_its_socket_is_closed_to_others(cluster):
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert mode(cluster.sockets) == 0o700
    assert mode(cluster.data) == 0o700


def test_no_folder_that_we_did_not_make_is_loosened(cluster):
    assert mode(cluster.folder.parent) == 0o711


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_root_hands_it_to_an_account_of_its_own(cluster):
    assert Path(f"/proc/{cluster.process.pid}").stat().st_uid == cluster.account.pw_uid != 0
    assert cluster.data.stat().st_uid == cluster.account.pw_uid
    assert cluster.folder.stat().st_uid == 0


def test_a_second_start_keeps_the_data_even_after_a_kill_of_the_server(cluster):
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    cluster.process.send_signal(signal.SIGKILL)
    cluster.process.wait()

    again = embedded.Cluster(cluster.folder).start()

    cluster.process = again.process
    again.create()
    with psycopg.connect(again.url()) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path):
    cluster = embedded.Cluster(tmp_path / ("long" * 30))

    cluster._choose_socket_folder()

    assert len(str(cluster.sockets)) < embedded.LONGEST_SOCKET_PATH
    assert mode(cluster.sockets) == 0o700
    shutil.rmtree(cluster.sockets)


def test_data_of_another_version_is_refused_with_a_sentence(tmp_path):
    cluster = embedded.Cluster(tmp_path)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("11\n")

    with pytest.raises(embedded.CannotStart, match="make demo-reset"):
        cluster._refuse_other_version()


def test_a_command_runs_in_an_environment_that_is_gone_afterwards():
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    look = "import os, psycopg; url = os.environ['DATABASE_URL']; psycopg.connect(url).close(); print(url)"
    told = subprocess.run(
        [sys.executable, "-m", "protect_respect.embedded", "run", sys.executable, "-c", look],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    sockets = Path(told.stdout.strip().partition("host=")[2])

    assert sockets.name == "sockets"
    assert not sockets.parent.exists()


def test_the_exit_code_of_the_command_is_ours():
    environment = {**os.environ, "DATABASE_URL": "postgresql://somewhere/else"}
    command = [sys.executable, "-m", "protect_respect.embedded", "run", sys.executable, "-c", "raise SystemExit(7)"]
    assert subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=False).returncode == 7


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_a_child_ends_when_its_parent_is_killed_and_cannot_tell_it(tmp_path):
    start = "import sys, time; from protect_respect.embedded import child\n"
    start += "inner = child([sys.executable, '-c', 'import time; time.sleep(60)'], log=sys.argv[1])\n"
    start += "print(inner.pid, flush=True); time.sleep(60)"
    parent = subprocess.Popen(
        [sys.executable, "-c", start, str(tmp_path / "log")], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    inner = Path("/proc") / parent.stdout.readline().strip()
    assert inner.exists()

    parent.kill()
    parent.communicate()

    deadline = time.monotonic() + 10
    while inner.exists() and " Z " not in (inner / "stat").read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not inner.exists() or " Z " in (inner / "stat").read_text()


@pytest.fixture(params=["redis-server", "fakeredis"])
def either_broker(request, tmp_path, monkeypatch):
    if request.param == "redis-server" and not shutil.which("redis-server"):
        pytest.skip("no redis-server on this machine")
    if request.param == "fakeredis":
        monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    broker = embedded.Broker(tmp_path / "broker").start()
    yield broker
    broker.stop()


def test_a_celery_worker_runs_a_task_over_it(either_broker, tmp_path):
    """fakeredis without Lua has no EVALSHA and would run none."""
    module = "import os, pathlib, celery\napp = celery.Celery('probe', broker=os.environ['PROBE_BROKER'])\n"
    module += "app.conf.task_ignore_result = True\n"
    module += "@app.task(name='touch')\ndef touch(path):\n    pathlib.Path(path).touch()\n"
    (tmp_path / "probe.py").write_text(module)
    command = [sys.executable, "-m", "celery", "--app", "probe", "worker", "--pool", "solo", "--loglevel", "ERROR"]
    worker = embedded.child(
        command,
        log=tmp_path / "worker.log",
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PROBE_BROKER": either_broker.url},
    )
    mark = tmp_path / "done"
    try:
        with Celery(broker=either_broker.url) as app:
            app.send_task("touch", [str(mark)])
        deadline = time.monotonic() + 30
        while not mark.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        embedded.stop(worker)

    assert mark.exists(), (tmp_path / "worker.log").read_text()
