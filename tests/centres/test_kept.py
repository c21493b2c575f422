"""What each process keeps for a minute, because it stands on every page: the list of public contacts."""

from django.core.cache import caches
from django.test import RequestFactory
from django.utils import translation

from centres.context_processors import public_contacts
from centres.models import PublicContact
from tests.factories.centres import PublicContactFactory

KEPT = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test_kept"}


def shown():
    return public_contacts(RequestFactory().get("/"))["contacts"]


def test_contacts_are_read_once_and_again_when_the_minute_is_over(db, settings, django_assert_num_queries):
    settings.CACHES = settings.CACHES | {"process": KEPT}
    PublicContactFactory(kind="helpline", phone="0808 800 5000")
    with django_assert_num_queries(1):
        assert shown()["helpline"].phone == shown()["helpline"].phone == "0808 800 5000"

    PublicContact.objects.update(phone="0113 496 0000")
    caches["process"].clear()

    assert shown()["helpline"].phone == "0113 496 0000"


def test_what_is_kept_for_all_speaks_each_readers_language(db, settings):
    settings.CACHES = settings.CACHES | {"process": KEPT}
    caches["process"].clear()
    PublicContactFactory(kind="helpline", name_en="Helpline", name_cy="Llinell gymorth")
    assert str(shown()["helpline"]) == "Helpline"
    with translation.override("cy"):
        assert str(shown()["helpline"]) == "Llinell gymorth"
