"""The registry of triggers answers as pgtrigger's own does, and refuses what that refuses."""

import pgtrigger
import pytest
from pgtrigger import registry

from audit.models import AuditEvent

KEPT = registry._registry


@pytest.fixture
def trigger():
    trigger = pgtrigger.Protect(name="for_this_test", operation=pgtrigger.Delete)
    trigger.register(AuditEvent)
    yield trigger
    if trigger.get_uri(AuditEvent) in KEPT:
        trigger.unregister(AuditEvent)


def what_stands():
    """What pgtrigger puts together anew each time it is asked."""
    triggers = list(KEPT.values())
    tables = {(model._meta.db_table, trigger.name): trigger for model, trigger in triggers}
    return tables, {trigger.get_pgid(model) for model, trigger in triggers}


def test_it_knows_every_trigger_there_is():
    assert (KEPT.by_db_table, KEPT.pg_function_names) == what_stands()
    assert len(KEPT) > 500


def test_a_trigger_comes_and_goes(trigger):
    assert (AuditEvent._meta.db_table, "for_this_test") in KEPT.by_db_table
    assert (KEPT.by_db_table, KEPT.pg_function_names) == what_stands()
    trigger.unregister(AuditEvent)
    assert (AuditEvent._meta.db_table, "for_this_test") not in KEPT.by_db_table
    assert (KEPT.by_db_table, KEPT.pg_function_names) == what_stands()


def test_a_name_is_given_once(trigger):
    trigger.register(AuditEvent)  # the same again is no other
    with pytest.raises(KeyError, match="already used"):
        pgtrigger.Protect(name="for_this_test", operation=pgtrigger.Update).register(AuditEvent)
