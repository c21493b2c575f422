"""Ages, in the one place. Days are dates in Europe/London.

Born on 29 February, the birthday falls on 1 March in other years: the usual
reading in England and Wales (docs/decisions/0002). The database's ``age_on``
says the same, and a test holds the two against each other.
"""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Whole years lived on ``day``; negative before birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The day on which somebody ``born`` becomes ``age``."""
    year = born.year + age
    try:
        return born.replace(year=year)
    except ValueError:  # 29 February in a common year
        return date(year, 3, 1)
