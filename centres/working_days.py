"""Working days and hours of England and Wales, offline. Pure functions over dates in Europe/London."""

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)


LISTED = range(2020, 2051)  # the years of the list, which ``manage.py bank_holidays`` prints
LIST = Path(__file__).parent / "data" / "bank_holidays.txt"


def in_england_and_wales(*years):
    """From the library, which loads every country on earth for it: 250 modules and 8 MB."""
    import holidays

    return sorted(holidays.country_holidays("GB", subdiv="ENG", years=years))


@cache
def _bank_holidays(year):
    if year in LISTED:
        return _listed()
    return frozenset(in_england_and_wales(year))


@cache
def _listed():
    return frozenset(map(date.fromisoformat, LIST.read_text().split()))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def after(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; with 0, ``day`` itself or the next working day."""
    found = day
    while not is_working_day(found):
        found += timedelta(days=1)
    if found != day and count:
        count -= 1
    for _step in range(count):
        found += timedelta(days=1)
        while not is_working_day(found):
            found += timedelta(days=1)
    return found


def before(day: date, count: int) -> date:
    """The ``count``-th working day before ``day``."""
    found = day
    for _step in range(count):
        found -= timedelta(days=1)
        while not is_working_day(found):
            found -= timedelta(days=1)
    return found


def next_open(moment: datetime) -> datetime:
    """``moment`` itself while offices are open, else the next time they are."""
    local = moment.astimezone(LONDON)
    day = after(local.date() + timedelta(days=local.time() >= CLOSES), 0)
    if day == local.date() and local.time() >= OPENS:
        return local
    return datetime.combine(day, OPENS, tzinfo=LONDON)


def hours_after(received: datetime, hours: int) -> datetime:
    """``hours`` working hours later: they are counted from nine to five on working days, and run on the next one."""
    moment, left = next_open(received), timedelta(hours=hours)
    while left > (today := datetime.combine(moment.date(), CLOSES, tzinfo=LONDON) - moment):
        moment, left = next_open(moment + today), left - today
    return moment + left


def due_at(received: datetime, *, working_days: int) -> datetime:
    """5pm in London on the last working day allowed, counted from the day after ``received``."""
    day = after(received.astimezone(LONDON).date(), working_days)
    return datetime.combine(day, CLOSES, tzinfo=LONDON)


def moved_on(due: datetime, *, stopped: datetime, resumed: datetime) -> datetime:
    """When something is due whose clock stood still: later by the working days that passed meanwhile.

    Each moment counts to the working day on which it is dealt with: after 5pm
    that is the next one. So nothing becomes late while it stands still, and
    what was late before is late by as many days afterwards.
    """
    stood_still = between(_dealt_with_on(stopped), _dealt_with_on(resumed))
    if not stood_still:
        return due
    local = due.astimezone(LONDON)
    return datetime.combine(after(local.date(), stood_still), local.time(), tzinfo=LONDON)


def _dealt_with_on(moment: datetime) -> date:
    local = moment.astimezone(LONDON)
    return after(local.date() + timedelta(days=local.time() > CLOSES), 0)


def between(first: date, last: date) -> int:
    """Working days after ``first`` up to and with ``last``; 0 when ``last`` is not later."""
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))
