"""Who stands before a case with sessions; beside what the pages of a case have (tests/cases/conftest)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cases.conftest import manager, practitioner, stand_before  # noqa: F401 -- fixtures
from tests.factories.cases import CaseFactory


@pytest.fixture
def case():
    return CaseFactory(active=True, opened_at=timezone.now() - timedelta(days=7))


@pytest.fixture
def at():
    """The address of a page or an act of sessions: ``at("sessions", case)``, ``at("session", case, session.pk)``."""
    return lambda name, case, *more: reverse(f"sessions:{name}", args=[case.reference, *more])
