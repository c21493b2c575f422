"""The check before the form: it explains, it never refuses, and it stores nothing with us."""

import time
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from centres.models import ServiceOffer
from referrals import check as kept
from referrals.forms.base import Given
from referrals.models import Referral, ReferralDraft
from referrals.reading import offer_for
from tests.factories.centres import ContactPointOfCentreFactory, ServiceOfferFactory
from tests.referrals.public import answers, steps

CHECK, RESULT = reverse("refer:check"), reverse("refer:result")


def rows():
    return {
        model._meta.label: model.objects.count()
        for app in ("referrals", "people", "safeguarding", "outbox", "audit", "sessions")
        for model in apps.get_app_config(app).get_models()
    }


def check(client, area, **changes):
    return client.post(CHECK, answers.GATE | {"local_authority": area.code} | changes)


@pytest.mark.requirement("R-nat-01")
@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        ("young_person", reverse("centres:young_people")),
        ("parent", reverse("refer:not_right")),
        ("public", reverse("refer:not_right")),
    ],
)
def test_who_is_not_a_professional_is_shown_the_helpline_and_childline(client, who, leads_to):
    response = client.post(CHECK, {"who": who}, follow=True)

    assert response.redirect_chain == [(leads_to, 302)]
    assert "0808 800 5000" in response.text
    assert "0800 1111" in response.text
    assert client.get(RESULT).url == CHECK  # the form does not open


def test_nothing_of_the_check_is_stored_with_us(client, english_area):
    before = rows()

    steps.pass_the_check(client, english_area, danger="yes", emergency_called="on")
    client.get(RESULT)
    client.post(RESULT)

    assert rows() == before


def test_the_browser_keeps_the_answers_sealed_and_for_an_hour(client, english_area):
    steps.pass_the_check(client, english_area)
    cookie = client.cookies[kept.cookie_name()]
    assert cookie["httponly"]
    assert "leeds" not in cookie.value
    assert client.get(RESULT).status_code == 200

    with time_machine.travel(time.time() + kept.SECONDS + 1):
        assert client.get(RESULT).url == CHECK


@pytest.mark.parametrize("spoilt", ["", "x", "é", "AAAA", "A" * 4000, "%00", "bm90IHNlYWxlZCBieSB1cw=="])
def test_a_spoilt_cookie_is_as_none(client, spoilt):
    client.cookies[kept.cookie_name()] = spoilt
    assert client.get(CHECK).status_code == 200
    assert client.get(reverse("refer:situation")).url == CHECK
    assert client.get(RESULT).url == CHECK


def test_danger_now_puts_999_first_and_goes_on_only_when_it_was_called(client, english_area):
    page = check(client, english_area, danger="yes")
    assert page.status_code == 200
    assert "Call 999 first. Then tick the box, and you can go on." in page.text
    assert 'href="tel:999"' in page.text

    assert check(client, english_area, danger="yes", emergency_called="on").status_code == 302


def test_not_sure_whether_there_is_danger_may_go_on(client, english_area):
    assert check(client, english_area, danger="not_sure").status_code == 302


def test_answers_that_were_not_asked_for_are_dropped(client, english_area):
    check(client, english_area, age_known="not_known", age="14", danger="no", emergency_called="on")
    steps_of = client.get(CHECK).context["form"].initial
    assert "age" not in steps_of
    assert not steps_of["emergency_called"]


@pytest.mark.requirement("R-nat-08")
@pytest.mark.requirement("R-nat-09")
@pytest.mark.requirement("R-nat-10")
@pytest.mark.requirement("R-nat-11")
@pytest.mark.parametrize("category", ["heightened_risk", "suspected", "current", "known_past"])
def test_each_national_category_can_be_chosen_and_one_alone_is_primary(client, english_area, category):
    assert steps.pass_the_check(client, english_area, category=category).url == RESULT
    client.post(RESULT)
    steps.prove(client)
    draft = ReferralDraft.objects.get()
    steps.fill_in(client, draft, english_area, category=category, categories_also=category, police_know="yes")
    steps.send(client, draft)

    referral = Referral.objects.get()
    assert referral.category == category
    assert referral.categories_also == []


@pytest.mark.requirement("R-nat-04")
@pytest.mark.requirement("R-wal-31")
def test_a_concern_needs_no_proof(client, english_area):
    draft = steps.begin(client, english_area, category="suspected")
    steps.fill_in(client, draft, english_area, category="suspected", harm="not_known", police_reference="")
    steps.send(client, draft)
    assert Referral.objects.get().status == "submitted"


def test_a_route_of_the_other_scheme_is_not_offered(client, english_area, welsh_area):
    check(client, english_area)
    page = client.post(reverse("refer:situation"), {"category": "wal_a_vulnerable"})
    assert page.status_code == 200
    assert page.context["form"].errors["category"]


def test_route_c_asks_which_of_the_two(client, welsh_area):
    check(client, welsh_area)
    page = client.post(reverse("refer:situation"), {"category": "wal_c_high_or_current"})
    assert page.context["form"].errors["route_c_follow_up"]


@pytest.mark.requirement("R-nat-07")
@pytest.mark.parametrize(
    ("age_known", "age", "fits"),
    [
        ("sure", "10", "DOES_NOT_FIT"),
        ("sure", "11", "FITS"),
        ("sure", "18", "FITS"),
        ("sure", "19", "CHECK"),
        ("sure", "20", "DOES_NOT_FIT"),
        ("estimate", "9", "DOES_NOT_FIT"),
        ("estimate", "10", "CHECK"),
        ("estimate", "11", "CHECK"),
        ("estimate", "12", "FITS"),
        ("estimate", "20", "CHECK"),
        ("estimate", "21", "DOES_NOT_FIT"),
        ("not_known", "", "CHECK"),
    ],
)
def test_an_age_is_explained_and_never_refused(client, english_area, age_known, age, fits):
    steps.pass_the_check(client, english_area, age_known=age_known, age=age)
    page = client.get(RESULT)

    finding = next(finding for finding in page.context["findings"] if finding.about == "age")
    assert finding.fit.name == fits
    assert finding.reason in page.text
    assert client.post(RESULT).url == reverse("refer:email")


def test_what_does_not_fit_leads_to_other_help_advice_or_the_form(client, english_area):
    ContactPointOfCentreFactory(centre=english_area.centre, phone="01632 960777", verified_on=timezone.localdate())
    steps.pass_the_check(client, english_area, age="8")
    page = client.get(RESULT).text
    assert "or refer anyway." in page
    assert "if you have talked" not in page
    assert 'href="tel:01632960777"' in page
    assert reverse("refer:not_right") in page
    assert reverse("centres:contact") in page

    client.post(RESULT, {"talked": "1"})
    steps.prove(client)
    draft = ReferralDraft.objects.get()
    section = client.get(reverse("refer:section", args=[draft.pk, "about-you"]))
    assert section.context["form"]["talked_with_duty_worker"].value()


@pytest.mark.requirement("R-wal-32")
def test_route_a_and_danger_now_prompt_to_look_at_the_route_again(client, welsh_area):
    steps.pass_the_check(client, welsh_area, category="wal_a_vulnerable", danger="yes", emergency_called="on")
    found = [finding.about for finding in client.get(RESULT).context["findings"]]
    assert "route" in found

    steps.pass_the_check(client, welsh_area, category="wal_a_vulnerable")
    assert "route" not in [finding.about for finding in client.get(RESULT).context["findings"]]


@pytest.mark.requirement("R-nat-33", part="routing")
def test_the_council_area_decides_which_centre_receives_it(client, english_area, welsh_area, unserved_area, national):
    today = timezone.localdate()
    assert offer_for(welsh_area, today).centre == welsh_area.centre
    assert offer_for(english_area, today).centre == english_area.centre
    assert offer_for(unserved_area, today).centre == national

    draft = steps.begin(client, unserved_area)
    steps.fill_in(client, draft, unserved_area)
    steps.send(client, draft)
    assert Referral.objects.get().centre == national


def test_an_area_whose_centre_offers_nothing_today_goes_to_the_national_centre(welsh_area, national):
    ServiceOffer.objects.filter(centre=welsh_area.centre).update(ends_on=date(2020, 6, 1))
    assert offer_for(welsh_area, timezone.localdate()).centre == national
    assert Given.of(area_code="cardiff").offer.centre == national


def test_a_proven_referrer_goes_from_the_check_to_the_form(client, english_area):
    steps.prove(client)
    steps.pass_the_check(client, english_area)
    response = client.post(RESULT)
    assert response.url == reverse("refer:tasks", args=[ReferralDraft.objects.get().pk])
    assert not client.cookies[kept.cookie_name()].value


@pytest.mark.parametrize("changed", [{"ends_on": date(2021, 1, 1)}, {"starts_on": date(2999, 1, 1)}])
def test_without_a_national_offer_today_its_latest_holds(client, unserved_area, national, changed):
    ServiceOfferFactory(centre=national, starts_on=date(2001, 1, 1), ends_on=date(2002, 1, 1))
    [offer] = national.offers.filter(starts_on=date(2020, 1, 1))
    national.offers.filter(pk=offer.pk).update(**changed)
    assert offer_for(unserved_area, timezone.localdate()) == offer
    assert steps.pass_the_check(client, unserved_area).status_code == 302
    assert client.get(reverse("refer:result")).status_code == 200
