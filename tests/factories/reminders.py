"""That somebody hears of something."""

from datetime import timedelta

import factory
from django.utils import timezone

from reminders.enums import ReminderKind, Stage
from reminders.models import Reminder, Snooze
from tests.factories.accounts import UserFactory
from tests.factories.cases import InOneAct
from tests.factories.referrals import ReferralFactory
from tests.factories.reviews import ReviewFactory


class ReminderFactory(InOneAct):
    """A plan review is due in a week. ``told=True``: a letter has counted it."""

    class Meta:
        model = Reminder

    class Params:
        told = factory.Trait(told_on=factory.LazyFunction(timezone.localdate))

    kind = ReminderKind.PLAN_REVIEW
    stage = Stage.SOON
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    review = factory.SubFactory(ReviewFactory, due_on=factory.SelfAttribute("..due_on"))
    case = factory.SelfAttribute("review.case")
    person = factory.SubFactory(UserFactory)


class ReminderOfReferralFactory(ReminderFactory):
    """A referral is to be decided in a week."""

    kind = ReminderKind.DECISION
    referral = factory.SubFactory(ReferralFactory)
    review = case = None


class SnoozeFactory(factory.django.DjangoModelFactory):
    """Put off until the day after tomorrow, for the first time, by whom ``reminder`` reminds."""

    class Meta:
        model = Snooze

    class Params:
        reminder = factory.SubFactory(ReminderFactory)

    person = factory.SelfAttribute("reminder.person")
    kind = factory.SelfAttribute("reminder.kind")
    about = factory.SelfAttribute("reminder.about_pk")
    number = 1
    until_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=2))
    reason = "The school is closed until Monday."
