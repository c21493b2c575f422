"""Who stands before a referral, and what a page asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from referrals.enums import ReferralStatus
from referrals.models import Referral
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import ReferralFactory

NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO")


@pytest.fixture
def centre():
    """Whose list is worked; where one referral is enough, ask for ``referral``."""
    return ServiceCentreFactory()


@pytest.fixture
def referral():
    return ReferralFactory()


@pytest.fixture
def at():
    """The address of an act on a referral."""
    return lambda name, referral: reverse(f"triage:{name}", args=[referral.reference])


@pytest.fixture
def stand_before(sign_in):
    """Sign in as somebody by how they stand to ``referral``."""

    def somebody(who, referral):
        if who == "duty_worker_elsewhere":
            return sign_in(Role.DUTY_WORKER)
        if who == "colleague_without_need_to_know":
            return sign_in(Role.PRACTITIONER, at=referral.centre)
        if who == "excluded_manager":
            user = sign_in(Role.TEAM_MANAGER, at=referral.centre)
            ExclusionFactory(subject=referral.subject, user=user)
            return user
        if who == "practitioner_with_a_grant":
            user = sign_in(Role.PRACTITIONER, at=referral.centre)
            AccessGrantFactory(subject=referral.subject, user=user)
            return user
        return sign_in(Role(who), at=referral.centre)

    return somebody


@pytest.fixture
def duty_worker(stand_before, referral):
    return stand_before(Role.DUTY_WORKER, referral)


@pytest.fixture
def screened(referral, duty_worker):
    Referral.objects.filter(pk=referral.pk).update(status=ReferralStatus.SCREENING)
    return referral


@pytest.fixture
def statements():
    """The statements that a block sends, but for what opens and closes its transaction."""

    class Counted(CaptureQueriesContext):
        def __init__(self):
            super().__init__(connection)

        @property
        def sent(self):
            return [query["sql"] for query in self if not query["sql"].startswith(NOT_COUNTED)]

    return Counted
