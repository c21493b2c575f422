"""The product's settings with a clock that goes round every second, where it is always about noon.

A worker of the fault tests reads them: reminders are owed by the hour of the
day, and a test must not depend on the hour at which it runs.
"""

from datetime import UTC, datetime

from protect_respect.settings import *  # noqa: F403, TID251 -- the same but for the clock
from protect_respect.settings import every  # noqa: TID251

_hours = 12 - datetime.now(UTC).hour
TIME_ZONE = CELERY_TIMEZONE = f"Etc/GMT{-_hours:+d}"  # these names count the other way round
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULE = {
    "remind": every(1, "reminders.tasks.remind"),
    "relay what is owed": every(1, "outbox.tasks.relay"),
}
