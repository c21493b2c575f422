"""The letters of a day: one to each who must hear of something, each an act of its own."""

from audit.bulkheads import each_apart
from reminders import operations
from reminders.models import Reminder

READ_TOGETHER = 100  # people


def send_digests(people, *, by, on):
    """A letter to each of them who must hear of something; each is an act of its own. Returns how many were owed.

    What still waits is asked once for every few of them: what is done in the
    seconds before their letter is written is counted by it still. Raises
    ``SomeFailed`` at the end: who cannot be written to silences no other.
    """
    waiting = {}

    def write(person):
        return operations.send_digest(person, by=by, on=on, waiting=waiting.get(person, {}))

    def write_each():
        for first in range(0, len(people), READ_TOGETHER):
            some = people[first : first + READ_TOGETHER]
            waiting.clear()
            waiting.update(Reminder.objects.waiting_for(some))
            yield from some

    return sum(each_apart(write, write_each()))
