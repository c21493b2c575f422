"""What is compiled once answers each time for whoever asks now."""

import pytest
from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import Membership
from accounts.prepared import IsAmong, OuterRow, Place, Prepared, aggregated
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


def test_instances_come_with_those_beside_them(django_assert_num_queries):
    membership = MembershipFactory()
    held = Prepared(lambda: Membership.objects.select_related("user").filter(centre=Place("centre")))
    assert held.first(centre=0) is None
    with django_assert_num_queries(1):
        found = held.first(centre=membership.centre_id)
        assert (found, found.user, found.role) == (membership, membership.user, membership.role)


def test_values_come_by_their_names():
    membership = MembershipFactory()
    held = Prepared(lambda: Membership.objects.filter(user=Place("user")).values("pk", "role"))
    assert held.found(user=membership.user_id) == [{"pk": membership.pk, "role": membership.role}]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_of_any_length_is_one_value(count):
    memberships = MembershipFactory.create_batch(count)
    MembershipFactory()
    among = Prepared(lambda: Membership.objects.filter(IsAmong("centre", Place("centres"))))
    assert set(among.found(centres=[row.centre_id for row in memberships])) == set(memberships)
    found = Membership.objects.filter(IsAmong("centre", [row.centre_id for row in memberships]))
    assert set(found) == set(memberships)


def test_what_is_counted_is_one_row():
    membership = MembershipFactory(role=Role.DUTY_WORKER)
    duty = Count("pk", filter=Q(role=Role.DUTY_WORKER))
    counted = Prepared(lambda: aggregated(Membership.objects.filter(user=Place("user")), all=Count("pk"), duty=duty))
    assert counted.first(user=membership.user_id) == {"all": 1, "duty": 1}
    assert counted.first(user=0) == {"all": 0, "duty": 0}


def test_a_constant_is_written_into_the_statement_whatever_is_in_it():
    odd = UserFactory(full_name="100 % O'Brien %s ?")
    same_name = Prepared(lambda: type(odd).objects.filter(full_name=odd.full_name, pk=Place("pk")))
    assert same_name.found(pk=odd.pk) == [odd]
    assert Membership.objects.filter(same_name.exists_for("pk", pk=odd.pk)).exists() is False


def test_the_server_keeps_it_for_the_connection():
    held = Prepared(lambda: Membership.objects.filter(user=Place("user")).values_list("pk"))
    people = [row.user_id for row in MembershipFactory.create_batch(3)]
    with CaptureQueriesContext(connection) as asked:
        for person in people:
            held.rows(user=person)
    assert all("accounts_membership" in query["sql"] for query in asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%accounts_membership%"])
        assert cursor.fetchone() == (1,)
