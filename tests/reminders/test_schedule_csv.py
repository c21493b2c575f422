"""docs/schedule.csv, copied from domain.md 7, and the table in code say the same, row by row."""

import csv
import re

import pytest
from django.conf import settings

from reminders.enums import Whom
from reminders.schedule import LATER, SCHEDULE

with (settings.BASE_DIR / "docs" / "schedule.csv").open(encoding="utf-8") as table:
    ROWS = {int(row["number"]): row for row in csv.DictReader(table)}

P, M, S, OWN, DUTY = Whom.PRACTITIONER, Whom.MANAGER, Whom.SERVICE_MANAGER, Whom.OWNER, Whom.DUTY
LEAD, ADMIN, SYSTEM = Whom.SAFEGUARDING_LEAD, Whom.CENTRE_ADMIN, Whom.SYSTEM_ADMIN
WHO = {
    "duty worker": DUTY,
    "duty": DUTY,
    "practitioner": P,
    "manager": M,
    "service manager": S,
    "safeguarding lead": LEAD,
    "admin": ADMIN,
    "system admin": SYSTEM,
    "DPO": Whom.DATA_PROTECTION,
    "content owner": SYSTEM,
    # The one colleague whose it is: who sent it, was given it, works with this carer, or held this session.
    "owner": OWN,
    "referrer of escalation": OWN,
    "carer practitioner": OWN,
    (31, "practitioner"): OWN,
    (32, "practitioner"): OWN,
    (45, "practitioner"): OWN,
}
# What a phrase of the csv is called in code, where the two differ: in general, or in one row. Nothing: left out.
MEANS = {
    "": ["at due"],
    "on day": ["at due"],
    "same day": ["at due"],
    "immediate": ["at once"],
    "on event": ["at once"],
    "day before": ["1 wd before"],
    "open": ["opens"],
    "next morning": ["+1 d"],
    "daily am": ["daily"],
    "+7 d": ["+1 wk"],
    (1, "at receipt"): [],  # the letter that we have it is owed by the act itself; a person is asked where it stays
    (2, "+4 h"): ["at due"],  # by the offer's own hours, four of those in which an office is open
    (4, "day 3"): ["2 wd before"],
    (5, "on day"): ["first chase", "second chase"],
    (5, "+10 wd"): ["no answer"],
    (6, "on decision"): ["4 h before"],  # as row 1
    (7, "at 3 wd"): ["day 3"],
    (8, "day 3"): ["2 wd before"],
    (8, "day 7"): ["+2 wd"],
    (10, "5 d before"): ["opens"],
    (10, ""): ["+1 d"],
    (13, "at 10 wd"): ["5 wd before"],
    (13, ""): ["+1 wd"],
    (14, ""): ["at due"],
    (14, "at 1 month"): ["at due"],
    (20, "list"): ["+1 wk"],
    (22, "at due"): ["+1 d"],
    (23, "at 6 m"): ["first months are over"],
    (24, ""): ["+1 d"],
    (26, "4 wk before"): ["+2 wk"],  # of the last day; it is due six weeks before that
    (27, "6 wk"): ["6 weeks before"],
    (27, "4 wk"): ["4 weeks before"],
    (27, "2 wk"): ["2 weeks before"],
    (27, "at limit"): ["past it"],
    (31, "at 5 wd"): ["day 5"],
    (36, "10 d"): ["4 d before"],
    (36, "21 d"): ["+1 wk"],
    (37, ""): ["+1 d"],
    (39, ""): ["+1 d"],
    (44, "5 wd"): ["not proposed"],
    (47, ""): ["at due"],
    (49, "10 d"): ["4 d before"],
    (49, ""): ["+1 d"],
}
ESCALATES_LATER = {47: "+2 wk"}  # the csv says who, and not when
# Counted from when its time began, and not back from the day it is due.
INTO = {24, 28, 31, 32, 35}
# What stands in another column of the csv, or beside it.
BESIDE = {
    10: {(M, "at due"), (S, "far too long")},  # alerts 42 d, 84 d
    27: {(P, "past it"), (M, "past it")},  # weekly until resolved: for everybody
    35: {(P, "at once")},  # two of the three days are over at 48 h
    37: {(M, "14 d before")},  # who grows too old: a plan needs a manager
    45: {(M, "last")},  # within six weeks of the ending, or nobody asks any more
}


def points(number):
    """Who is reminded when, by the two columns of reminder points."""
    who = re.split(r", | \+ |/", ROWS[number]["who"])
    phrases = [phrase.strip() for phrase in ROWS[number]["reminder_points"].split(",")]
    unit = re.search(r" (d|wk|wd)$", phrases[-1])
    phrases = [phrase + unit[0] if unit and phrase.strip("+").isdigit() else phrase for phrase in phrases]
    return {(role_of(number, role), words) for role in who for phrase in phrases for words in means(number, phrase)}


def role_of(number, role):
    return WHO.get((number, role)) or WHO[role]


def means(number, phrase):
    for key in ((number, phrase), phrase):
        if key in MEANS:
            return MEANS[key]
    is_plain = re.fullmatch(r"\d+ (d|wk)", phrase) and number not in INTO
    return [f"{phrase} before" if is_plain else phrase]


def escalations(number):
    """Who hears of it once it is late, by the last column: "manager at due; service manager +1 wd"."""
    said = ROWS[number]["escalation"].split(". ")[0].replace("—", "")
    said = re.sub(r"at (?=\+)", "", said).split(";")
    parts = [part.strip() for part in said if part and "until resolved" not in part and "auto-close" not in part]
    return {each for part in parts for each in _escalation(number, part)}


ROLES = "|".join(sorted((role for role in WHO if isinstance(role, str)), key=len, reverse=True))


def _escalation(number, part):
    first = re.fullmatch(rf"({ROLES})(?: (.*))?", part)
    role, phrase = first.groups(default="") if first else reversed(re.fullmatch(rf"(.*?) ({ROLES})", part).groups())
    words = [ESCALATES_LATER[number]] if number in ESCALATES_LATER else means(number, phrase)
    return {(role_of(number, role), each) for each in words}


def in_code(number):
    rows = [row for row in SCHEDULE if row.number == number]
    return {(whom, step.when.words) for row in rows for step in row.steps for whom in step.whom}


@pytest.mark.parametrize("number", sorted(set(ROWS) - set(LATER)))
def test_each_row_of_the_csv_is_in_code_with_who_and_when(number):
    assert in_code(number) == points(number) | escalations(number) | BESIDE.get(number, set())


def test_what_stands_in_code_and_what_comes_later_is_all_of_the_csv_and_nothing_twice():
    in_the_table = {row.number for row in SCHEDULE if row.number}
    assert not in_the_table & set(LATER)
    assert in_the_table | set(LATER) == set(ROWS) == set(range(1, 51))
    assert set(LATER) == {38, *range(40, 44), 46, 50}


def test_the_table_is_in_the_order_of_the_csv():
    numbers = [row.number for row in SCHEDULE if row.number]
    assert numbers == sorted(numbers)


def test_nothing_is_explained_that_does_not_differ():
    used = {(number, phrase) for number in ROWS for phrase in _phrases(number)}
    assert {key for key in MEANS if isinstance(key, tuple)} <= used
    assert {key for key in MEANS if isinstance(key, str)} <= {phrase for _number, phrase in used}


def _phrases(number):
    raw = f"{ROWS[number]['reminder_points']},{ROWS[number]['escalation'].split('. ')[0]}"
    bare = re.sub(rf"\b({ROLES})\b|at (?=\+)|—", "", raw)
    parts = [part.strip() for part in re.split(r"[,;]", bare)]
    unit = re.search(r" (d|wk|wd)$", ROWS[number]["reminder_points"])
    return {*parts, *(part + unit[0] for part in parts if unit and part.isdigit())}
