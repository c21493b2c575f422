"""What is compiled once answers each time for whoever asks now."""

import pytest

from accounts.models import Membership
from accounts.prepared import OuterRow, Place, Prepared
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def colleagues():
    return Prepared(lambda: Membership.objects.filter(centre=OuterRow(), user=Place("user")))


def test_each_asker_is_answered_for_themselves():
    first, second = MembershipFactory.create_batch(2)
    held = Prepared(lambda: Membership.objects.filter(user=Place("user")).values_list("centre"))
    assert held.rows(user=first.user_id) == [(first.centre_id,)]
    assert held.rows(user=second.user_id) == [(second.centre_id,)]
    assert held.rows(user=UserFactory().pk) == []


def test_it_is_built_once():
    built = []
    held = Prepared(lambda: built.append(1) or Membership.objects.filter(user=Place("user")))
    for membership in MembershipFactory.create_batch(2):
        assert list(Membership.objects.filter(held.exists_for("pk", user=membership.user_id)))
    assert len(built) == 1


def test_a_query_on_the_same_table_does_not_take_the_inner_row_for_its_own():
    """Both read memberships; who works beside me is asked of the outer row's centre, never of the inner one's."""
    mine = MembershipFactory()
    beside_me, elsewhere = MembershipFactory(centre=mine.centre), MembershipFactory()
    found = Membership.objects.filter(colleagues().exists_for("centre", user=mine.user_id))
    assert set(found) == {mine, beside_me}
    assert set(Membership.objects.filter(~colleagues().exists_for("centre", user=mine.user_id))) == {elsewhere}


def test_it_holds_in_a_subquery_too():
    mine = MembershipFactory()
    MembershipFactory()
    inner = Membership.objects.filter(colleagues().exists_for("centre", user=mine.user_id))
    assert list(Membership.objects.filter(pk__in=inner.values("pk"), centre__in=inner.values("centre"))) == [mine]


def test_a_value_that_is_missing_is_a_mistake_and_not_an_answer():
    with pytest.raises(KeyError):
        list(Membership.objects.filter(colleagues().exists_for("centre")))
