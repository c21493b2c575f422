"""What a goal was rated over time, as a drawing and its table. Pure over loaded rows; nothing is added up."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import Occasion, Voice
from ui.times import long_date

WIDTH, HEIGHT, MARGIN, MOST = 320, 150, 22, 10
DASHES = {Voice.YOUNG_PERSON: "", Voice.PRACTITIONER: "7 4", Voice.PARENT_OR_CARER: "2 4"}


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    value: int
    below: bool  # its number stands below, so that two voices of one day can be read


def of_ratings(ratings):
    """A line for each voice, and every number in the table. Nothing where there is no number."""
    if not ratings:
        return None
    days = sorted({row.rated_on for row in ratings})
    lines = [_line(voice, [row for row in ratings if row.voice == voice], days) for voice in DASHES]
    lines = [line for line in lines if line["points"]]
    first, last = long_date(days[0]), long_date(days[-1])
    spans = {"count": len(ratings), "first": first, "last": last}
    return {
        "lines": lines,
        "rows": [_row(row) for row in ratings],
        "words": _("What was said, from %(first)s to %(last)s: %(count)d in all.") % spans,
        "ticks": [{"y": _y(value), "value": value} for value in (0, 5, MOST)],
        "right": WIDTH - MARGIN,
        "box": f"0 0 {WIDTH} {HEIGHT}",
    }


def _line(voice, ratings, days):
    below = voice != Voice.YOUNG_PERSON
    points = [Point(_x(row.rated_on, days), _y(row.value), row.value, below) for row in ratings]
    return {
        "voice": Voice(voice).label,
        "dashes": DASHES[voice],
        "points": points,
        "path": " ".join(f"{point.x},{point.y}" for point in points),
    }


def _x(day, days):
    """By the calendar, so that a long time between two numbers looks long. A single day stands in the middle."""
    whole = (days[-1] - days[0]).days
    share = (day - days[0]).days / whole if whole else 0.5
    return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)


def _y(value):
    return round(HEIGHT - MARGIN - value / MOST * (HEIGHT - 2 * MARGIN), 1)


def _row(rating):
    return {
        "day": long_date(rating.rated_on),
        "voice": Voice(rating.voice).label,
        "occasion": Occasion(rating.occasion).label,
        "value": rating.value,
    }
