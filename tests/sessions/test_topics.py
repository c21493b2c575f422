"""What awareness sessions are about: the leaflet's seven, in both languages, and what a centre adds."""

from datetime import date

import pytest
from django.utils.translation import override

from protect_respect import reference_data
from sessions.models import AwarenessTopic
from tests.factories.centres import ServiceCentreFactory
from tests.factories.sessions import AwarenessTopicFactory, TopicCoveredFactory

pytestmark = pytest.mark.django_db

SEVEN = {
    "healthy_relationships": ("Healthy relationships", "Perthnasoedd iach"),
    "consent": ("Consent", "Cydsyniad"),
    "internet_safety": ("Internet safety", "Diogelwch ar y rhyngrwyd"),
    "sexual_images": (
        "Sexual images and pressure to share (sometimes called sexting)",
        "Delweddau rhywiol a phwysau i’w rhannu (tecstio rhywiol)",
    ),
    "exploitation": ("Exploitation", "Camfanteisio"),
    "self_esteem": ("Self-esteem", "Hunan-barch"),
    "body_image": ("Body image", "Delwedd corff"),
}


def test_there_are_seven_in_the_order_of_the_leaflet():
    reference_data.load()
    assert list(AwarenessTopic.objects.values_list("key", flat=True)) == list(SEVEN)


@pytest.mark.requirement("R-wal-04")
@pytest.mark.requirement("R-wal-05")
@pytest.mark.requirement("R-wal-06")
@pytest.mark.requirement("R-wal-07")
@pytest.mark.requirement("R-wal-08")
@pytest.mark.requirement("R-wal-09")
@pytest.mark.requirement("R-wal-10")
@pytest.mark.parametrize(("key", "english", "welsh"), [(key, *labels) for key, labels in SEVEN.items()])
def test_each_has_its_label_in_both_languages(key, english, welsh):
    reference_data.load()
    topic = AwarenessTopic.objects.get(key=key)
    assert str(topic) == english
    with override("cy"):
        assert str(topic) == welsh


def test_what_a_centre_worded_anew_or_retired_is_not_brought_back():
    reference_data.load()
    AwarenessTopic.objects.filter(key="consent").update(label_en="Saying yes and no")
    AwarenessTopic.objects.filter(key="body_image").update(retired_on=date(2026, 1, 1))
    reference_data.load()
    assert AwarenessTopic.objects.get(key="consent").label_en == "Saying yes and no"
    assert AwarenessTopic.objects.get(key="body_image").retired_on
    assert AwarenessTopic.objects.count() == 7


@pytest.mark.requirement("R-wal-11")
def test_a_centre_adds_its_own_and_a_retired_one_still_stands_in_old_sessions():
    reference_data.load()
    centre = ServiceCentreFactory()
    own = AwarenessTopicFactory(centre=centre, label_en="Rights and the law")
    retired = AwarenessTopic.objects.get(key="consent")
    covered = TopicCoveredFactory(topic=retired)
    AwarenessTopic.objects.filter(pk=retired.pk).update(retired_on=date(2026, 1, 1))

    offered = AwarenessTopic.objects.offered_by(centre)
    assert own in offered
    assert retired not in offered
    assert own not in AwarenessTopic.objects.offered_by(ServiceCentreFactory())
    assert str(covered.session.topics.get().topic) == "Consent"
