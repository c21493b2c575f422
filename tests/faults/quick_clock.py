"""The product's settings with a clock that goes round every few seconds, where it is always about noon.

A worker of the fault tests reads them: reminders are owed by the hour of the
day, and a test must not depend on the hour at which it runs.
"""

from datetime import UTC, datetime

from protect_respect.settings import *  # noqa: F403, TID251 -- the same but for the clock
from protect_respect.settings import VAR_DIR, every  # noqa: TID251
from tests.faults import jumps
from tests.figures import figure

_hours = 12 - datetime.now(UTC).hour
TIME_ZONE = CELERY_TIMEZONE = f"Etc/GMT{-_hours:+d}"  # these names count the other way round
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULE = {
    # A sweep of a thousand takes seconds: what waits behind it must not have expired when its turn comes.
    "remind": every(figure(1, 5), "reminders.tasks.remind"),
    "relay what is owed": every(1, "outbox.tasks.relay") | {"options": {"expires": 15}},
}
jumps.follow(VAR_DIR / "seconds off")
