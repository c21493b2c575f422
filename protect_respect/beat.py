"""The beat of the clock, on a machine whose clock can be set back."""

from datetime import timedelta

from celery.beat import PersistentScheduler

A_STEP_BACK = timedelta(seconds=5)  # what keeps a clock right moves it by less


class Scheduler(PersistentScheduler):
    """Celery's own goes by the hour on the wall: set back two hours, it is silent for two hours.

    What seems to have run in the future ran now, and comes again after its
    period. So it is too with the file of a beat that ended before.
    """

    def tick(self, *args, **kwargs):
        for entry in self.schedule.values():
            now = entry.default_now()
            if entry.last_run_at - now > A_STEP_BACK:
                entry.last_run_at, self._heap = now, None
        return super().tick(*args, **kwargs)
