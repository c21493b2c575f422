"""What waits of a case, for the reminders of domain.md 7: dates and states alone, as statements of the database.

Where a day counts it is ``on``, or today. Of each the day by which it is to be
done stands beside it, so that nobody reckons it a second time.
"""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from cases.consenting import ADULT, CAPACITY_FROM
from cases.days import DaysAfter, MonthsAfter, WeeksAfter, today
from cases.enums import (
    DECIDES,
    OPEN,
    SAYS_NO,
    CaseKind,
    CaseStatus,
    ConsentPurpose,
    ConsentStep,
    SafetyNow,
    SupervisionKind,
    TaskKind,
    WorkType,
)
from people.ages import birthday
from people.models import SafeContact
from people.models.columns import DayOf
from people.querysets import AgeOn

S = CaseStatus
WORKING = (S.ENGAGING, S.ASSESSING, S.PLANNING, S.ACTIVE)
BIRTHDAY_NEAR = 60  # days before it, and for as long after it as nobody has done what it asks for
CONTRIBUTION_NEAR, SUPERVISION_NEAR = 14, 7


def consent_step():
    """The last thing that decided about taking part, of the case that a statement is about."""
    said = _model("ConsentEvent").objects.filter(case=OuterRef("pk"), purpose=ConsentPurpose.SERVICE)
    return Subquery(said.filter(event__in=DECIDES).order_by("-at", "-pk").values("event")[:1])


class WhatWaits(models.QuerySet):
    def with_a_young_person(self):
        """Open, and not with a carer alone."""
        return self.filter(status__in=OPEN).exclude(kind=CaseKind.CARER_ONLY)

    def not_stopped(self):
        """Without those who said no: nobody is asked to do what would need their yes."""
        return self.alias(said=Coalesce(consent_step(), Value(""))).exclude(said__in=SAYS_NO)

    def resting(self):
        return self.filter(_rests(), status__in=OPEN)

    def under_way(self):
        """Work with a young person that neither rests nor was stopped, and is not being brought to its end."""
        return self.with_a_young_person().filter(~_rests(), status__in=WORKING).not_stopped()

    def with_lead_since(self):
        """Each with ``lead_since``: since when its practitioner leads it; before there is one, since it was opened."""
        lead = _model("Assignment").objects.current().leads().filter(case=OuterRef("pk"))
        return self.annotate(lead_since=Coalesce(Subquery(lead.values("from_at")[:1]), F("opened_at")))

    def undecided_about_taking_part(self):
        """Nobody has written down a yes, a no, or that they cannot decide now."""
        return self.under_way().alias(decided=consent_step()).filter(decided=None)

    def without_privacy_information(self):
        """The young person has not been told what we hold about them; a reason why not yet does not tell them."""
        return self.with_a_young_person().with_first_steps().filter(privacy_given_on=None)

    def to_plan(self):
        """Assessed, and no plan is agreed; each with ``assessed_at``, by the first signature."""
        signed = _model("Assessment").objects.filter(case=OuterRef("pk"), signed_at__isnull=False)
        assessed = Subquery(signed.order_by("signed_at").values("signed_at")[:1])
        found = self.under_way().exclude(work_type=WorkType.ASSESSMENT_ONLY).annotate(assessed_at=assessed)
        return found.filter(support_started_on=None, assessed_at__isnull=False)

    def to_confirm_contact(self, *, on=None):
        """Whose safe contact nobody has confirmed for so long, or since safety changed; each with ``confirm_by``."""
        ways = SafeContact.objects.filter(subject=OuterRef("subject")).order_by().values("subject")
        confirmed = Subquery(ways.annotate(latest=Max("confirmed_on")).values("latest"))
        found = self.under_way().alias(confirmed=Coalesce(confirmed, DayOf("opened_at")))
        changed = _model("SafetyChange").objects.filter(case=OuterRef("pk"), noticed_on__gt=OuterRef("confirmed"))
        changed = changed.filter(change__in=[SafetyNow.WORSE, SafetyNow.NEW_INFORMATION]).order_by("noticed_on")
        in_time = WeeksAfter(F("confirmed"), F("offer__safe_contact_weeks"))
        found = found.annotate(confirm_by=Least(Subquery(changed.values("noticed_on")[:1]), in_time))
        return found.filter(confirm_by__lte=today(on))

    def with_contribution_due(self):
        """Where the offer asks for it, each with ``contribute_by``: so long after the last time, or after a reason."""
        found = self.filter(status__in=OPEN, offer__multi_agency_days__isnull=False).with_last_contribution()
        last = Greatest(DayOf("opened_at"), F("last_contribution_on"), F("last_reason_on"))
        return found.annotate(contribute_by=DaysAfter(last, F("offer__multi_agency_days")))

    def to_contribute(self, *, on=None):
        return self.with_contribution_due().filter(contribute_by__lte=_days_ahead(on, CONTRIBUTION_NEAR))

    def to_supervise(self, *, on=None):
        """Each with ``supervise_by``: as was said at the last supervision, else a month after it or the opening."""
        held = _model("Supervision").objects.filter(case=OuterRef("pk"), kind=SupervisionKind.CASE_SUPERVISION)
        months = F("offer__supervision_months")
        latest = held.order_by("-held_on", "-pk")
        found = self.filter(status__in=[*WORKING, S.ENDING]).alias(
            said=Subquery(latest.values("next_on")[:1]), last=Subquery(latest.values("held_on")[:1])
        )
        by = Coalesce(F("said"), MonthsAfter(Coalesce(F("last"), DayOf("opened_at")), months))
        return found.annotate(supervise_by=by).filter(supervise_by__lte=_days_ahead(on, SUPERVISION_NEAR))

    def coming_of_age(self, *, on=None):
        """Who turns 16 or 18 within 60 days, or did so lately, and consent was not talked about in that time.

        Another rule then says who decides. Each with ``turns``.
        """
        born, near = F("young_person__date_of_birth"), BIRTHDAY_NEAR
        found = self.under_way().filter(_has_birthday_near(on)).annotate(turns=AgeOn(born, _days_ahead(on, near)))
        found = found.filter(turns__in=[CAPACITY_FROM, ADULT]).alias(was=AgeOn(born, _days_ahead(on, -near)))
        talked = _model("ConsentEvent").objects.filter(case=OuterRef("pk"), purpose=ConsentPurpose.SERVICE)
        talked = talked.exclude(event=ConsentStep.SOUGHT).alias(
            then=AgeOn(OuterRef("young_person__date_of_birth"), DaysAfter(DayOf("at"), near))
        )
        return found.filter(~Exists(talked.filter(then__gte=OuterRef("turns"))), was__lt=F("turns"))

    def growing_too_old(self, *, on=None):
        """Who becomes older than the offer is for within 60 days, or is, and no end is planned before that day."""
        born, too_old = F("young_person__date_of_birth"), F("offer__age_to") + 1
        found = self.with_a_young_person().exclude(status=S.ENDING).annotate(turns=too_old)
        found = found.alias(
            soon=AgeOn(born, _days_ahead(on, BIRTHDAY_NEAR)), at_the_end=AgeOn(born, F("planned_end_on"))
        )
        ends_in_time = Q(planned_end_on__isnull=False, at_the_end__lt=F("turns"))
        return found.filter(soon__gte=F("turns")).exclude(ends_in_time)

    def past_their_last_day(self, *, on=None):
        """Ending, past the last day that was named, and nobody has signed the ending off."""
        endings = _model("Ending").objects.current().filter(case=OuterRef("pk"), signed_off_at=None)
        return self.filter(Exists(endings.filter(ends_on__lt=on or timezone.localdate())), status=S.ENDING)

    def owing_a_check_in(self):
        """Closed, and how they are has not been asked, as was agreed."""
        owed = _model("Task").objects.open().filter(case=OuterRef("pk"), kind=TaskKind.CHECK_IN_AFTER)
        return self.filter(Exists(owed), status=S.CLOSED)


def _has_birthday_near(on):
    """The 16th or the 18th, within some days more than the rule asks: dates are compared faster than ages."""
    day, near = on or timezone.localdate(), timedelta(days=BIRTHDAY_NEAR + 2)
    around = [birthday(day, -age) for age in (CAPACITY_FROM, ADULT)]
    ranges = [Q(young_person__date_of_birth__range=(born - near, born + near)) for born in around]
    return ranges[0] | ranges[1]


def _rests():
    return Exists(_model("Pause").objects.filter(case=OuterRef("pk"), resumed_on__isnull=True))


def _days_ahead(on, count):
    return today((on or timezone.localdate()) + timedelta(days=count))


def _model(name):
    return apps.get_model(f"cases.{name}")
