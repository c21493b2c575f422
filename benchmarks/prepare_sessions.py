"""The cases of the benchmark given sessions, and what the client needs to look at them and to log more."""

import time

CASES = 1_000  # the latest, those of the practitioner among them
COLLEAGUES = 40  # each with as many cases as that practitioner
ACTS = 120  # sessions to log
ENTRIES = 500  # of the story of one strand


def sessions(team, practitioner):
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.urls import reverse  # noqa: PLC0415

    from sessions.operations import make_feed  # noqa: PLC0415

    began = time.monotonic()
    made = volume(practitioner)
    seconds = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; ANALYZE; RESET statement_timeout")
    return {
        "made": made,
        "seconds": seconds,
        "feed": reverse("sessions:feed", args=[make_feed(by=practitioner)]),
        "to_log": [to_log(team, practitioner) for _number in range(ACTS)],
        **with_a_carer(team),
    }


def volume(practitioner):
    from cases.models import Case  # noqa: PLC0415
    from protect_respect.fictional import volume_sessions  # noqa: PLC0415
    from tests.factories.accounts import UserFactory  # noqa: PLC0415

    latest = list(Case.objects.open().select_related("referral").order_by("-pk")[:CASES])
    mine = set(Case.objects.worked_on_by(practitioner).values_list("pk", flat=True))
    colleagues = UserFactory.create_batch(COLLEAGUES)
    made = volume_sessions.make([case for case in latest if case.pk in mine], practitioners=[practitioner])
    return made + volume_sessions.make([case for case in latest if case.pk not in mine], practitioners=colleagues)


def to_log(team, practitioner):
    """A young person in the middle of support, who said yes to it a month ago."""
    from datetime import timedelta  # noqa: PLC0415

    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tests.factories.cases import CaseFactory  # noqa: PLC0415
    from tests.factories.consent import ConsentEventFactory  # noqa: PLC0415
    from tests.factories.referrals import ReferralFactory  # noqa: PLC0415

    opened_at = timezone.now() - timedelta(days=30)
    referral = ReferralFactory(accepted=True, centre=team.centre)
    case = CaseFactory(referral=referral, led_by=practitioner, active=True, opened_at=opened_at)
    ConsentEventFactory(case=case, at=opened_at)
    return reverse("sessions:log", args=[case.reference])


def with_a_carer(team):
    """A parent or carer whose strand has a long story and ten sessions, and who works with them."""
    from datetime import timedelta  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.enums import Role  # noqa: PLC0415
    from benchmarks.prepare import staff_session  # noqa: PLC0415
    from cases.models import Case  # noqa: PLC0415
    from sessions.models.carers import StrandEntry  # noqa: PLC0415
    from tests.factories.accounts import MembershipFactory  # noqa: PLC0415
    from tests.factories.carers import CarerConsentFactory, CarerSessionFactory, CarerStrandFactory  # noqa: PLC0415

    worker = MembershipFactory(role=Role.PRACTITIONER, centre=team.centre).user
    case = Case.objects.open().filter(centre=team.centre, assignments=None).order_by("-pk")[0]
    strand = CarerStrandFactory(case=case, active=True, practitioner=worker)
    CarerConsentFactory(strand=strand)
    for number in range(1, 11):
        CarerSessionFactory(strand=strand, signed=True, direct_number=number)
    now, words = timezone.now(), "Example: " + "words of a visit. " * 20
    StrandEntry.objects.bulk_create(
        StrandEntry(
            strand=strand, kind="note", title="Note", words=words, at=now - timedelta(hours=7 * number), by=worker
        )
        for number in range(ENTRIES)
    )  # fmt: skip
    return {
        "carers_worker": {settings.SESSION_COOKIE_NAME: staff_session(worker)},
        "strand": reverse("sessions:strand", args=[strand.key]),
    }
