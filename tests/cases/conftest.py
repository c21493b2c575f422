"""Who stands before a case."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import ExclusionFactory


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def at():
    """The address of a page or an act of a case: ``at("note", case)``, ``at("pin", case, entry.pk)``."""
    return lambda name, case, *more: reverse(f"cases:{name}", args=[case.reference, *more])


@pytest.fixture
def stand_before(sign_in):
    """Sign in as somebody by how they stand to ``case``: a role at its centre, or one of those named here."""

    def somebody(who, case):
        if who == "practitioner_elsewhere":
            return sign_in(Role.PRACTITIONER)
        if who == "manager_elsewhere":
            return sign_in(Role.TEAM_MANAGER)
        if who == "colleague_without_need_to_know":
            return sign_in(Role.PRACTITIONER, at=case.centre)
        if who == "excluded_manager":
            user = sign_in(Role.TEAM_MANAGER, at=case.centre)
            ExclusionFactory(subject=case.subject, user=user)
            return user
        if who == "practitioner_before":
            user = sign_in(Role.PRACTITIONER, at=case.centre)
            AssignmentFactory(case=case, user=user, ended=True)
            return user
        if who == "lead":
            user = sign_in(Role.PRACTITIONER, at=case.centre)
            AssignmentFactory(case=case, user=user)
            return user
        return sign_in(Role(who), at=case.centre)

    return somebody


@pytest.fixture
def practitioner(stand_before, case):
    """Signed in, and the lead of ``case``."""
    return stand_before("lead", case)


@pytest.fixture
def manager(stand_before, case):
    return stand_before(Role.TEAM_MANAGER, case)
