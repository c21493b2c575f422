"""The settings as a server has them: read by a process of its own, with nothing but what is required."""

import json
import os
import subprocess
import sys

import pytest
from celery.beat import PersistentScheduler
from django.conf import settings

from outbox import relay
from protect_respect import beat
from protect_respect.embedded import fresh_keys

REQUIRED = {
    **fresh_keys(),
    "DATABASE_URL": "postgresql://protect_respect:secret@db.example/protect_respect?sslmode=verify-full",
    "ALLOWED_HOSTS": "refer.example.org",
    "BEHIND_PROXY": "True",
}
READ = """
import json, sys
import django
from django.conf import settings
django.setup()
names = sys.argv[1:] or [name for name in dir(settings) if name.isupper()]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def start(environment, *names):
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", READ, *names],
        env={**clean, "DJANGO_SETTINGS_MODULE": "protect_respect.settings", **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def deployed():
    return json.loads(start(REQUIRED).stdout)


BASELINE = {
    "DEBUG": False,
    "DEMONSTRATION": False,
    "SECOND_FACTOR_REQUIRED": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    "USE_X_FORWARDED_HOST": False,
    "X_FRAME_OPTIONS": "DENY",
    "SESSION_ENGINE": "accounts.backends",
    "SESSION_SERIALIZER": "django.contrib.sessions.serializers.JSONSerializer",
    "SESSION_COOKIE_NAME": "__Host-sid",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": 36_000,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "STAFF_IDLE_MINUTES": 20,
    "STAFF_SESSION_HOURS": 10,
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_621_440,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1_000,
    "MFA_TRUST_ENABLED": False,
    "MFA_TOTP_TOLERANCE": 0,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
    "ACCOUNT_LOGIN_BY_CODE_ENABLED": False,
    "CELERY_TASK_IGNORE_RESULT": True,
    "CELERY_TASK_SERIALIZER": "json",
    "CELERY_ACCEPT_CONTENT": ["json"],
    "CELERY_TASK_ACKS_LATE": True,
    "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
    "CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS": True,
    "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
    "CELERY_BROKER_CONNECTION_MAX_RETRIES": None,
    "EMAIL_TIMEOUT": 3,
    "TIME_ZONE": "Europe/London",
    "DEFAULT_EXCEPTION_REPORTER_FILTER": "ui.logs.HideEverything",
}


@pytest.mark.parametrize(("name", "value"), BASELINE.items(), ids=BASELINE)
def test_baseline(deployed, name, value):
    assert deployed[name] == value


def test_a_totp_bypass_is_never_set(deployed):
    assert "MFA_TOTP_INSECURE_BYPASS_CODE" not in deployed


def test_argon2_comes_first(deployed):
    assert deployed["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_passwords_have_fifteen_characters(deployed):
    lengths = [validator.get("OPTIONS", {}).get("min_length") for validator in deployed["AUTH_PASSWORD_VALIDATORS"]]
    assert 15 in lengths


def test_counters_live_in_the_database_so_that_redis_can_be_away(deployed):
    assert deployed["CACHES"]["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_the_broker_is_never_waited_for(deployed):
    options = deployed["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert (options["socket_timeout"], options["socket_connect_timeout"]) == (2, 2)


def test_a_task_is_cut_off_long_before_it_would_be_delivered_again(deployed):
    soft, hard = deployed["CELERY_TASK_SOFT_TIME_LIMIT"], deployed["CELERY_TASK_TIME_LIMIT"]
    assert relay.LONGEST_RUN < soft < hard
    assert deployed["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"] >= 3 * hard


def test_the_clock_is_a_table_in_the_code_and_no_result_is_kept(deployed):
    """What is due when is read in a review; no page and no row of the database changes it."""
    assert deployed["CELERY_BEAT_SCHEDULER"] == "protect_respect.beat:Scheduler"
    assert issubclass(beat.Scheduler, PersistentScheduler)
    assert not {"CELERY_RESULT_BACKEND", "CELERY_TASK_ALWAYS_EAGER"} & set(deployed)
    assert not [app for app in deployed["INSTALLED_APPS"] if "beat" in app or "celery" in app]
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert entry["options"] == {"expires": entry["schedule"].total_seconds()}, name


def test_a_request_is_one_transaction_and_waits_for_nothing_long(deployed):
    database = deployed["DATABASES"]["default"]
    assert database["ATOMIC_REQUESTS"] is True
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["sslmode"] == "verify-full"
    for limit in ("statement_timeout=5s", "lock_timeout=2s", "idle_in_transaction_session_timeout=30s", "jit=off"):
        assert f"-c {limit}" in database["OPTIONS"]["options"]


def test_a_worker_may_take_a_minute():
    told = json.loads(start(REQUIRED | {"STATEMENT_TIMEOUT_SECONDS": "60"}, "DATABASES").stdout)
    assert "statement_timeout=60s" in told["DATABASES"]["default"]["OPTIONS"]["options"]


def test_the_content_policy_allows_nothing_but_our_own_files(deployed):
    assert deployed["CONTENT_SECURITY_POLICY"]["DIRECTIVES"] == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "DRAFT_KEYS", "FACTOR_KEYS"])
def test_without_a_required_value_nothing_starts(name):
    told = start({key: value for key, value in REQUIRED.items() if key != name}, "DEBUG")
    assert told.returncode != 0
    assert name in told.stderr


def test_each_purpose_has_keys_of_its_own(deployed):
    assert deployed["ENCRYPTION_KEYS"]["drafts"] != deployed["ENCRYPTION_KEYS"]["factors"]


def test_a_socket_folder_is_understood_as_libpq_writes_it():
    url = {"DATABASE_URL": "postgresql://role@/name?host=/var/run/sockets"}
    database = json.loads(start(REQUIRED | url, "DATABASES").stdout)["DATABASES"]["default"]
    assert (database["HOST"], database["NAME"], database["USER"]) == ("/var/run/sockets", "name", "role")


def test_the_demonstration_is_refused_where_another_machine_could_reach_it():
    told = start(REQUIRED | {"DEMONSTRATION": "True"}, "DEBUG")
    assert told.returncode != 0
    assert "this machine only" in told.stderr
