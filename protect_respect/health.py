"""Two questions of a platform: does the process live, and can the service take a referral?"""

import shutil
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from outbox.models import Message
from protect_respect.watching import Watch

OLDEST_MESSAGE = timedelta(minutes=5)
FREE_DISK = 0.10
NEEDED_FOR_A_REFERRAL = ("database", "migrations")


@require_safe
@login_not_required
@transaction.non_atomic_requests
def live(request):
    """The process answers. It asks nothing else, so that an outage elsewhere never restarts it."""
    return HttpResponse("live", content_type="text/plain")


@require_safe
@login_not_required
@transaction.non_atomic_requests
def ready(request):
    """One word for each part. Only what a referral needs decides the status: letters can wait for Redis."""
    told = parts()
    able = all(told[part] == "ok" for part in NEEDED_FOR_A_REFERRAL)
    return JsonResponse(told | {"seconds": _ask(_ages, unable={})}, status=200 if able else 503)


def parts():
    return {
        "database": _ask(_database, unable="away"),
        "migrations": _ask(_migrations, unable="unknown"),
        "broker": _broker(),
        "outbox": _ask(_outbox, unable="unknown"),
        "clock": _ask(_clock, unable="unknown"),
        "disk": _disk(),
    }


def _ask(question, *, unable):
    try:
        return question()
    except DatabaseError:
        return unable


def _database():
    """Whether it takes writes: a read-only replica would answer a plain SELECT."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return "ok" if cursor.fetchone() == ("off",) else "read-only"


def _migrations():
    applied = MigrationRecorder(connection).applied_migrations()
    return "ok" if _newest_migrations() <= applied.keys() else "missing"


@cache
def _newest_migrations():
    """What the code expects. Files do not change while a process lives."""
    return set(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def _broker():
    """Asked with short limits: a broker that hangs must not make this page hang."""
    import redis  # noqa: PLC0415 -- no other page of the web needs it: each start is quicker without

    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=1, retry=None
        ) as broker:
            broker.ping()
    except (redis.RedisError, OSError):
        return "away"
    return "ok"


def _outbox():
    oldest = Message.objects.oldest_owed()
    return "late" if oldest and timezone.now() - oldest > OLDEST_MESSAGE else "ok"


def _clock():
    return "late" if Watch().late() else "ok"


def _ages():
    """How old the oldest letter owed is, and the last end of each sweep: numbers for whoever draws a graph."""
    oldest = Message.objects.oldest_owed()
    age = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    return {"oldest_owed": age} | Watch().ages()


def _disk():
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    usage = shutil.disk_usage(settings.VAR_DIR)
    return "ok" if usage.free >= FREE_DISK * usage.total else "low"
