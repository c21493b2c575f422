"""What people are told of besides us: the library of each centre, what was given, and whether it was safe."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from cases.models import TimelineEntry
from cases.operations import KeptAlready, MoveNotAllowed
from centres.models import PublicContact
from protect_respect import reference_data
from sessions import operations
from sessions.models import Resource, Signpost
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.centres import PublicContactFactory, ServiceCentreFactory
from tests.factories.signposts import ResourceFactory, SignpostFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


def told(**more):
    return {
        "for_whom": "young_person",
        "given_on": timezone.localdate(),
        "how": "said",
        "was_safe": "yes",
    } | more


# The library


def test_it_begins_with_what_the_leaflets_name_and_with_nothing_else():
    reference_data.load()
    assert list(Resource.objects.values_list("key", "for_whom")) == [
        ("childline", "young_person"),
        ("helpline", "carer"),
        ("group_work", "both"),
    ]
    with override("cy"):
        assert str(Resource.objects.get(key="group_work")) == "Ein gwaith grŵp"


def test_a_number_that_anybody_may_ring_stands_in_one_place():
    reference_data.load()
    PublicContact.objects.filter(kind="childline").update(phone="0800 2222", checked_on=date(2020, 1, 1))
    childline = Resource.objects.get(key="childline")
    assert (childline.phone, childline.url, childline.is_stale) == ("0800 2222", "https://childline.org.uk", True)


def test_what_a_centre_worded_anew_or_retired_is_not_brought_back():
    reference_data.load()
    Resource.objects.filter(key="helpline").update(retired_on=date(2026, 1, 1), label_en="The helpline")
    reference_data.load()
    assert Resource.objects.count() == 3
    assert Resource.objects.get(key="helpline").label_en == "The helpline"


@pytest.mark.requirement("R-wal-15", part="the library of each centre")
def test_each_centre_has_its_own_and_the_shared_ones():
    ours, shared = ResourceFactory(centre=ServiceCentreFactory()), ResourceFactory(of=PublicContactFactory())
    ResourceFactory(centre=ServiceCentreFactory())
    ResourceFactory(centre=ours.centre, retired_on=timezone.localdate())
    assert set(Resource.objects.for_list(ours.centre)) == {ours, shared}


@pytest.mark.parametrize(("days", "is_stale"), [(90, False), (91, True)])
def test_what_nobody_checked_for_ninety_days_is_stale(days, is_stale):
    assert ResourceFactory(checked_on=timezone.localdate() - timedelta(days=days)).is_stale == is_stale


def test_on_a_welsh_page_its_welsh_address_comes_first_where_there_is_one():
    resource = ResourceFactory(address_en="https://example.org/", address_cy="https://example.org/cy/")
    assert resource.url == "https://example.org/"
    with override("cy"):
        assert resource.url == "https://example.org/cy/"


# What was given


@pytest.mark.requirement("R-wal-15", part="what was given, to whom, how, and whether it was safe")
def test_it_is_written_down_and_the_story_leads_there():
    case, by, resource = CaseFactory(), UserFactory(), ResourceFactory()
    with writes(Signpost=1, SignpostEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1):
        given = operations.signpost(case, by=by, resource=resource, **told())
    assert (given.what, given.by, given.case) == (str(resource), by, case)
    entry = TimelineEntry.objects.get()
    assert (entry.title, entry.path) == (f"Told of {resource}: Young person", f"/cases/{case.reference}/signposts/")


def test_what_is_on_no_list_is_told_in_words():
    case, by = CaseFactory(), UserFactory()
    given = operations.signpost(case, by=by, other="The boxing club in Ely", **told(for_whom="both"))
    assert given.what == "The boxing club in Ely"


def test_nothing_is_written_on_a_closed_case_nor_twice():
    closed, case, by = CaseFactory(closed=True), CaseFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        operations.signpost(closed, by=by, other="Chess", **told())
    operations.signpost(case, by=by, other="Chess", **told())
    with leaves_no_trace(), pytest.raises(KeptAlready):
        operations.signpost(case, by=by, other="Chess", **told())


def test_it_stays_as_it_was_written():
    rows = Signpost.objects.filter(pk=SignpostFactory().pk)
    with pytest.raises(IntegrityError, match="signpost_is_written_once"), transaction.atomic():
        rows.update(for_whom="both")
    with pytest.raises(IntegrityError, match="signpost_is_written_once"), transaction.atomic():
        rows.delete()


@pytest.mark.requirement("R-wal-15", part="report counts")
def test_a_report_counts_what_was_given_and_to_whom():
    first = SignpostFactory()
    SignpostFactory(resource=first.resource)
    SignpostFactory(resource=first.resource, for_whom="carer")
    SignpostFactory(resource=None, other="Chess")
    counted = {(row["resource"], row["for_whom"]): row["times"] for row in Signpost.objects.counted()}
    of = first.resource_id
    assert counted == {(of, "young_person"): 2, (of, "carer"): 1, (None, "young_person"): 1}
