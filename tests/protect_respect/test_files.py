"""What production is made from: image, Compose, proxy, server."""

import re
import shutil
import subprocess
from fnmatch import fnmatch

import pytest
from django.conf import settings

from protect_respect.house import our_apps

ROOT = settings.BASE_DIR
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
SOURCES = [source for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M) for source in line.split()[:-1]]
IMAGES = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M) + re.findall(r"image: (\S+)", COMPOSE)
MADE_AT_SET_UP = {"static/fonts"}


@pytest.mark.parametrize("source", SOURCES)
def test_what_the_image_copies_exists_and_reaches_the_builder(source):
    assert (ROOT / source).exists()
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert any(fnmatch(source, line) for line in allowed)


def test_the_image_holds_every_app():
    assert {app.name for app in our_apps()} <= set(SOURCES)


@pytest.mark.parametrize("image", IMAGES)
def test_every_image_has_a_version(image):
    assert re.search(r":(\d+\.\d+|\$\{VERSION:-\d)", image)
    assert "latest" not in image


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret():
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.M) == ["app"]
    assert "--require-hashes" in DOCKERFILE
    assert not re.search(r"^ENV .*(SECRET|PASSWORD|KEYS)", DOCKERFILE, re.M)


def test_what_compose_mounts_exists():
    mounted = re.findall(r"- \./([\w./-]+):", COMPOSE)
    assert mounted
    assert [path for path in mounted if not (ROOT / path).exists()] == []


def test_compose_takes_secrets_from_the_environment_only():
    for line in COMPOSE.splitlines():
        if "PASSWORD:" in line:
            assert "${" in line


def test_the_database_logs_no_row_and_no_statement_that_failed():
    embedded = (ROOT / "protect_respect" / "embedded.py").read_text()
    managed = (ROOT / "docs" / "operations.md").read_text()
    for setting in ["log_min_error_statement=panic", "log_error_verbosity=terse"]:
        assert all(setting in told for told in [COMPOSE, embedded, managed])


def test_the_example_names_every_value_that_is_required():
    example = (ROOT / ".env.example").read_text()
    for name in re.findall(r'env\.\w+\("(\w+)"\)', (ROOT / "protect_respect" / "settings.py").read_text()):
        assert re.search(rf"^{name}=", example, re.M), name


@pytest.mark.parametrize(
    "line",
    [
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        'proxy_set_header X-Forwarded-Host "";',
        "proxy_request_buffering on;",
        "client_max_body_size 26m;",
        "limit_conn connections",
        "limit_req zone=requests",
    ],
)
def test_the_proxy_is_the_one_that_is_trusted(line):
    assert line in NGINX


def test_the_proxy_writes_down_no_query_and_no_referrer():
    [form] = re.findall(r"log_format quiet '(.+)'", NGINX)
    assert not re.search(r"\$(request_uri|request\b|uri\b|args|query_string|http_)", form)
    assert re.search(r'map \$uri \$quiet_uri \{[^}]*"~\^/diary/feed/" /diary/feed/;', NGINX)


def test_the_server_restarts_gracefully():
    namespace = {}
    exec((ROOT / "deploy" / "gunicorn.conf.py").read_text(), namespace)  # noqa: S102 -- our own file
    assert (namespace["timeout"], namespace["graceful_timeout"]) == (30, 30)
    assert (namespace["max_requests"], namespace["max_requests_jitter"]) == (2000, 200)
    assert namespace["accesslog"] is None


def test_locks_name_every_file_by_its_hash():
    for lock in ("base.txt", "development.txt"):
        text = (ROOT / "requirements" / lock).read_text()
        pins = re.findall(r"^[\w.\[\]-]+==\S+", text, re.M)
        assert pins
        blocks = re.split(r"^(?=[\w.\[\]-]+==)", text, flags=re.M)[1:]
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("sys.version_info", "Python 3.11 or later"), ("ensurepip", "apt-get install python3-venv")],
)
def test_make_says_what_to_install(tmp_path, missing, sentence):
    """A Python that is too old, or one that Debian ships without venv."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\ncase "$2" in *{missing}*) exit 1;; esac\n')
    python.chmod(0o755)

    told = subprocess.run(
        ["make", "demo", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert told.returncode != 0
    assert sentence in told.stdout


def test_the_readme_begins_with_the_two_commands():
    readme = (ROOT / "README.md").read_text()
    assert re.findall(r"^make (\w+)", readme, re.M)[:2] == ["demo", "test"]
    assert readme.index("make demo") < 100


def test_what_the_readme_links_to_exists():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / "README.md").read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_target_that_is_named_can_be_made():
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"`make (?:-s )?([\w-]+)`", (ROOT / "README.md").read_text()))
    named |= set(re.findall(r'echo "make ([\w-]+)', makefile))
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.M)} == set()
