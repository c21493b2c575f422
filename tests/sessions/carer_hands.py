"""Addresses of a carer's strand and of the young person's side, and what somebody types there."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone


def at(name, strand, *more):
    return reverse(f"sessions:{name}", args=[strand.key, *more])


def beside(name, case, *more):
    return reverse(f"sessions:{name}", args=[case.reference, *more])


def typed(name, days):
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def held(**more):
    answers = {"kind": "direct_session", "mode": "in_person_centre", "came": "attended", "at_time": "9am"}
    answers |= {"minutes": "50", "what_we_did": "Talked.", "safety_change": "same"}
    return answers | typed("on", -1) | more


def post(client, name, strand, answers, *more):
    return client.post(at(name, strand, *more), answers)


def told(page):
    return " ".join(str(message) for message in page.context["messages"])
