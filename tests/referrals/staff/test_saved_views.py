"""Filters under names of one's own: kept, opened, deleted; never what was searched for, and never somebody else's."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from accounts.enums import Role
from audit.models import AuditEvent
from referrals.forms.saved_views import understood
from referrals.forms.triage import QueueFilterForm
from referrals.models import SavedView
from referrals.operations.saved_views import MOST_VIEWS, NameTaken, TooManyViews, save_view
from referrals.views.triage import _chips
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.centres import LocalAuthorityFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.screening import SavedViewFactory
from tests.referrals.staff.test_queue import FIELDS, NASTY, QUEUE
from tests.visitors import staff_client

pytestmark = pytest.mark.django_db
VIEWS, SAVE = "/triage/views/", "/triage/views/new/"


@pytest.fixture
def duty_worker(sign_in, centre):
    return sign_in(Role.DUTY_WORKER, at=centre)


def test_filters_are_saved_and_opened_again(client, duty_worker, centre):
    mine = ReferralFactory(centre=centre, screening=True, owner=duty_worker)
    ReferralFactory(centre=centre)

    offered = client.get(QUEUE, {"status": "screening", "owner": "me"}).context["save_url"]
    assert offered == f"{SAVE}?status=screening&owner=me"
    back = client.post(offered, {"name": "Mine to screen"}, follow=True)

    [view] = back.context["views"]
    assert (view["name"], view["current"]) == ("Mine to screen", True)
    assert "The view is saved" in back.text
    opened = client.get(view["url"])
    assert [row["reference"] for row in opened.context["rows"]] == [mine.reference]


def test_the_page_names_the_filters_that_it_keeps(client, duty_worker):
    assert client.get(f"{SAVE}?show=overdue&owner=me").context["labels"] == ["Overdue", "Me"]


def test_without_a_filter_there_is_nothing_to_save(client, duty_worker):
    assert client.get(QUEUE).context["save_url"] == ""
    assert "There is no filter to keep" in client.get(SAVE).text
    assert client.post(SAVE, {"name": "Everything"}).context["form"].errors
    assert not SavedView.objects.exists()


def test_nothing_but_filters_is_kept(client, duty_worker):
    client.post(
        f"{SAVE}?status=screening&after=x&text=Evans&priority=urgent&name=Evans", {"name": "View", "query": "x"}
    )
    assert SavedView.objects.get().query == "status=screening"


def test_a_name_is_taken_once_by_each_person(client, duty_worker):
    SavedViewFactory(user=duty_worker, name="Mine")
    SavedViewFactory(name="Theirs")
    taken = client.post(f"{SAVE}?show=today", {"name": "Mine"})
    assert taken.context["form"].errors["name"] == [
        "You have a view of this name. Choose another name, or delete that view."
    ]
    assert client.post(f"{SAVE}?show=today", {"name": "Theirs"}).status_code == 302


def test_the_operation_refuses_what_another_window_did_meanwhile(duty_worker):
    save_view(by=duty_worker, name="Mine", query="show=today")
    with pytest.raises(NameTaken):
        save_view(by=duty_worker, name="Mine", query="show=overdue")
    SavedViewFactory.create_batch(MOST_VIEWS - 1, user=duty_worker)
    with pytest.raises(TooManyViews):
        save_view(by=duty_worker, name="Another", query="show=overdue")


def test_more_than_fit_are_refused_in_a_sentence(client, duty_worker):
    SavedViewFactory.create_batch(MOST_VIEWS, user=duty_worker)
    page = client.post(f"{SAVE}?show=today", {"name": "One more"})
    assert "You have as many views as fit above the list" in page.text


def test_a_filter_that_no_longer_holds_is_left_out_when_the_view_is_opened(client, duty_worker, centre):
    ReferralFactory(centre=centre)
    SavedViewFactory(user=duty_worker, query="area=nowhere&owner=nobody")
    [view] = client.get(QUEUE).context["views"]
    opened = client.get(view["url"])
    assert "We did not understand one of the filters, and left it out." in opened.text
    assert len(opened.context["rows"]) == 1


def test_a_view_is_deleted_and_no_referral_with_it(client, duty_worker, centre):
    ReferralFactory(centre=centre)
    view = SavedViewFactory(user=duty_worker)
    assert "Delete" in client.get(VIEWS).text
    page = client.post(f"{VIEWS}{view.pk}/delete/", follow=True)
    assert "You have no saved views" in page.text
    assert len(client.get(QUEUE).context["rows"]) == 1


def test_a_view_of_somebody_else_is_not_there(client, duty_worker):
    view = SavedViewFactory(name="Theirs")
    for page in (QUEUE, VIEWS):
        assert "Theirs" not in client.get(page).text
    theirs, nowhere = (client.post(f"{VIEWS}{pk}/delete/") for pk in (view.pk, view.pk + 1))
    assert (theirs.status_code, theirs.content) == (nowhere.status_code, nowhere.content) == (404, nowhere.content)
    assert SavedView.objects.filter(pk=view.pk).exists()


@pytest.mark.parametrize("field", ["user", "user_id", "pk", "id", "query"])
def test_nobody_saves_for_somebody_else(client, duty_worker, field):
    other = UserFactory()
    client.post(f"{SAVE}?show=today", {"name": "View", field: other.pk})
    assert SavedView.objects.get().user == duty_worker
    assert SavedView.objects.get().query == "show=today"


def test_the_trail_holds_no_name(client, duty_worker):
    client.post(f"{SAVE}?show=today", {"name": "Evans"})
    client.post(f"{VIEWS}{SavedView.objects.get().pk}/delete/")
    events = AuditEvent.objects.filter(verb__startswith="saved_view.")
    assert set(events.values_list("verb", flat=True)) == {"saved_view.added", "saved_view.deleted"}
    assert "Evans" not in str(list(events.values()))


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_no_name_breaks_the_page(client, duty_worker, nasty):
    assert client.post(f"{SAVE}?show=today", {"name": nasty}).status_code in (200, 302)
    assert client.get(QUEUE).status_code == client.get(VIEWS).status_code == 200


@given(query=st.lists(st.tuples(st.sampled_from([*FIELDS, "text"]), st.text(max_size=60)), max_size=12))
@hypothesis(max_examples=60)
def test_what_is_kept_reads_the_same_when_it_is_opened(query):
    user = UserFactory()
    sent = QueryDict(mutable=True)
    for name, value in query:
        sent.appendlist(name, value)
    kept, labels = understood(sent, user)
    assert understood(QueryDict(kept), user) == (kept, labels)
    assert len(kept) < 500


# Chips


def test_every_answer_of_every_filter_has_a_chip_in_words_that_takes_it_off(client, duty_worker, centre):
    MembershipFactory(user=duty_worker)
    area = LocalAuthorityFactory(centre=centre)
    form = QueueFilterForm({}, user=duty_worker)
    for name, field in form.fields.items():
        choices = [
            inner for key, label in field.choices for inner in (label if isinstance(label, list) else [(key, label)])
        ]
        for value, label in choices:
            if value:
                chosen = {name: value, "area" if name != "area" else "owner": area.code if name != "area" else "me"}
                chips = client.get(QUEUE, chosen).context["chips"]
                [chip] = [chip for chip in chips if chip["label"] == str(label)]
                other = "owner=me" if name == "area" else f"area={area.code}"
                assert chip["remove_url"] == f"{QUEUE}?{other}"


def test_a_chip_leads_to_the_head_of_the_list(client, duty_worker):
    form = QueueFilterForm({"show": "today", "owner": "me", "after": "W10:x"}, user=duty_worker)
    assert [chip["remove_url"] for chip in _chips(form, form.understood())] == [
        f"{QUEUE}?owner=me",
        f"{QUEUE}?show=today",
    ]


@pytest.mark.parametrize("query", ["area=leeds", "centre=SWALES", "owner=me"])
def test_filters_of_somebody_without_a_centre_offer_nothing_and_break_nothing(query):
    client = staff_client(UserFactory(with_factor=True))
    assert client.get(f"{QUEUE}?{query}").status_code == 200
