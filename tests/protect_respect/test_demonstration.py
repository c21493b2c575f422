"""`manage.py demo`: what it refuses, what it keeps and forgets, and its mail."""

import json
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings as product
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import RequestFactory

from protect_respect import demo_mail, demonstration


def demo(*words, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in ("ALLOWED_HOSTS", "PORT")}
    return subprocess.run(
        [sys.executable, "manage.py", "demo", *words],
        env=clean | environment,
        cwd=product.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def place(tmp_path):
    return {"DEMO_DATA": str(tmp_path / "data"), "VAR_DIR": str(tmp_path / "var")}


def test_it_refuses_a_host_that_is_not_this_machine(place):
    told = demo(ALLOWED_HOSTS="localhost,refer.example.org", **place)

    assert told.returncode == 1
    assert "runs on this machine only" in told.stderr


def test_it_says_when_the_port_is_taken(place):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = demo(PORT=str(port), **place)

    assert told.returncode == 1
    assert f"make demo PORT={port + 1}" in told.stderr


def test_two_on_one_folder_are_refused(tmp_path):
    with (
        demonstration.alone(tmp_path / "data"),
        pytest.raises(demonstration.CannotStart, match="running already"),
        demonstration.alone(tmp_path / "data"),
    ):
        pytest.fail("both run")


def test_without_a_demonstration_there_is_no_environment_to_print(place):
    told = demo("--env", **place)

    assert (told.returncode, told.stdout) == (1, "")
    assert "make demo" in told.stderr


def test_its_environment_can_be_read_back_by_a_shell(place, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "running.json").write_text(json.dumps({"SECRET_KEY": "it's $HOME"}))

    exports = demo("--env", **place).stdout

    told = subprocess.run(["sh", "-c", f'{exports}printf %s "$SECRET_KEY"'], capture_output=True, text=True, check=True)
    assert told.stdout == "it's $HOME"


def test_keys_are_made_once_and_closed_to_others(tmp_path):
    first = demonstration.keys(tmp_path)

    assert demonstration.keys(tmp_path) == first
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    assert len(first["DEMO_PASSWORD"]) >= 15


def test_each_step_of_the_preparation_is_said_and_the_rest_of_its_log_is_not(tmp_path, capsys):
    written = f"print('noise'); print({demonstration.STEP + 'tables'!r}); raise SystemExit(3)"
    log = tmp_path / "prepare.log"
    log.touch()
    with log.open() as told:
        process = demonstration.child([sys.executable, "-c", written], log=log)
        assert demonstration.Demonstration(8000).follow(process, told) == 3
    assert capsys.readouterr().out == "  - tables\n"


def test_forgetting_removes_what_we_made_and_nothing_else(place, tmp_path):
    data = tmp_path / "data"
    (data / "postgres").mkdir(parents=True)
    (data / "keys.json").write_text("{}")
    (data / "mine.txt").write_text("kept")

    told = demo("--reset", **place)

    assert told.returncode == 0
    assert [path.name for path in data.iterdir()] == ["mine.txt"]


@pytest.fixture
def mail_folder(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def write(folder, subject, body):
    backend = EmailBackend(file_path=folder)
    EmailMessage(subject, body, "from@example.org", ["referrer@council.example"], connection=backend).send()


@pytest.mark.django_db
def test_mail_is_shown_newest_first_as_text(mail_folder):
    write(mail_folder, "Your code", "Your code is 123456.")
    write(mail_folder, "Your referral", "Llŷr <b>ŵ</b>\n" + "-" * 79 + "x\n")

    page = demo_mail.mail(RequestFactory().get("/demo/mail/")).content.decode()

    assert page.index("Your referral") < page.index("Your code is 123456")
    assert "Llŷr &lt;b&gt;ŵ&lt;/b&gt;" in page
    assert "referrer@council.example" in page


@pytest.mark.django_db
def test_no_mail_is_a_sentence(mail_folder):
    assert b"Nothing has been sent yet." in demo_mail.mail(RequestFactory().get("/demo/mail/")).content


@pytest.mark.django_db
def test_the_mail_page_exists_in_the_demonstration_only(client):
    assert client.get("/demo/mail/").status_code == 404
