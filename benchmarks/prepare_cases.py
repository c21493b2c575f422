"""Our large database given cases, and what the client needs to work on them. Prints JSON."""

import json
import time

import django
from django.conf import settings

CASES = 10_000
ENTRIES = 500
CASELOAD = 40
ACTS = 120  # assessments to sign, and plans to agree


def main():
    django.setup()
    # Some two thousand colleagues are made on the way, who never sign in.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    print(json.dumps(cases()))


def cases():
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from accounts.models import User  # noqa: PLC0415
    from benchmarks.prepare import staff_session  # noqa: PLC0415
    from benchmarks.prepare_sessions import sessions  # noqa: PLC0415
    from cases.models import Case  # noqa: PLC0415
    from protect_respect.fictional import volume_cases  # noqa: PLC0415
    from protect_respect.management.commands.volume_data import teams  # noqa: PLC0415
    from tests.factories.cases import AssignmentFactory  # noqa: PLC0415

    south_wales, today = teams()[0], timezone.localdate()
    began = time.monotonic()
    made = volume_cases.make(CASES, team=south_wales, today=today)
    volume_cases.close_the_rest(teams=teams(), today=today)
    seconds = time.monotonic() - began
    practitioner = User.objects.get(email="practitioner@demo.example")
    mine = list(Case.objects.open().select_related("referral").order_by("-pk")[:CASELOAD])
    for case in mine:
        AssignmentFactory(case=case, user=practitioner)
    return {
        "made": made,
        "seconds": seconds,
        "today": timezone.localdate().isoformat(),
        "practitioner": {settings.SESSION_COOKIE_NAME: staff_session(practitioner)},
        "manager": {settings.SESSION_COOKIE_NAME: staff_session(south_wales.manager)},
        "case": with_a_story(mine[0], practitioner),
        "my_plan": with_a_plan(mine[1]),
        "sessions": sessions(south_wales, practitioner),
        **acts(south_wales, practitioner),
    }


def with_a_story(case, practitioner):
    from datetime import timedelta  # noqa: PLC0415

    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from cases.models import TimelineEntry  # noqa: PLC0415

    now = timezone.now()
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            case=case, kind="note", title="Note", words="Example: " + "words of a visit. " * 20,
            path=case.get_absolute_url(), at=now - timedelta(hours=7 * number), by=practitioner,
        )
        for number in range(ENTRIES)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; ANALYZE; RESET statement_timeout")
    return case.reference


def with_a_plan(case):
    from django.urls import reverse  # noqa: PLC0415

    plan = case.plans.get()
    plan.copy_is_safe = "yes"
    plan.save(update_fields=["copy_is_safe"])
    return reverse("cases:my_plan", args=[case.reference, plan.pk])


def acts(team, practitioner):
    """Of so many young people: an assessment that lacks nothing, and a plan that was shown."""
    found = [one_of_each(team, practitioner) for _number in range(ACTS)]
    to_sign, to_agree = zip(*found, strict=True)
    return {"to_sign": to_sign, "to_agree": to_agree}


def one_of_each(team, practitioner):
    from django.urls import reverse  # noqa: PLC0415

    from tests.factories.assessments import AssessmentFactory  # noqa: PLC0415
    from tests.factories.cases import CaseFactory  # noqa: PLC0415
    from tests.factories.plans import SupportPlanFactory  # noqa: PLC0415
    from tests.factories.referrals import ReferralFactory  # noqa: PLC0415

    def case(**state):
        referral = ReferralFactory(accepted=True, centre=team.centre)
        return CaseFactory(referral=referral, led_by=practitioner, **state)

    draft = AssessmentFactory(case=case(assessing=True), whole=True, strengths=["Draws well."], started_by=practitioner)
    plan = SupportPlanFactory(case=case(planning=True), shared=True, with_goal=True)
    return (
        reverse("cases:sign_assessment", args=[draft.case.reference, draft.version]),
        reverse("cases:agree_plan", args=[plan.case.reference, plan.pk]),
    )


if __name__ == "__main__":
    main()
