"""Django's own pages for configuration: not ours to lay out, and read by our colleagues all the same."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from protect_respect.admin_site import site
from tests.browser.checks import axe_violations
from tests.browser.test_every_page import none_of
from tests.routes import full_world

pytestmark = pytest.mark.django_db(transaction=True)


def pages(world):
    """The first page, and of each list the list, the form for a new row and the form of a row that is there."""
    yield reverse("admin:index")
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        if row := model._default_manager.first():
            yield reverse(f"{name}_change", args=[row.pk])


@pytest.mark.deep
def test_the_pages_of_configuration_break_no_rule_of_access(open_as):
    world = full_world()
    page, _watch = open_as(Role.SYSTEM_ADMIN.value, world)  # what its policy says: test_sign_in.py
    faults = []
    for path in pages(world):
        answer = page.goto(path)
        if answer.status != 200:
            faults.append(f"{path}: {answer.status}")
            continue
        faults += axe_violations(page)
    none_of(faults)
