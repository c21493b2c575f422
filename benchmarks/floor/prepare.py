"""The floor's table, one user and their session. Prints what the client needs, as JSON."""

import json
import sys
from datetime import timedelta

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def main(rows):
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    call_command("migrate", verbosity=0, run_syncdb=True)
    print(json.dumps({"cookies": {"sessionid": signed_in()}, "decide": fill(rows)}))


def signed_in():
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415 -- after setup
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    user = User.objects.create_user("somebody")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def fill(rows):
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks.floor.models import Item  # noqa: PLC0415

    now = timezone.now()
    Item.objects.bulk_create(
        (
            Item(
                title=f"Item {number}", number=number * 1_000, area=f"Area {number % 20}", owner="Somebody",
                text="Words. " * 40, status="ended" if number % 70 else "open", due_at=now - timedelta(minutes=number),
            )
            for number in range(rows)
        ),
        batch_size=5_000,
    )  # fmt: skip
    return list(Item.objects.filter(status="ended").values_list("pk", flat=True)[:400])


if __name__ == "__main__":
    main(int(sys.argv[1]))
