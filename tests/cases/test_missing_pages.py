"""Times of being missing through their pages: a short one at first, a banner everywhere, the rest in parts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from cases.forms.missing import ReportMissingForm
from cases.models import MissingEpisode
from safeguarding.models import Concern
from tests.cases import ladder
from tests.cases.typed import day_typed
from tests.factories.cases import CaseFactory, TaskFactory
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.safeguarding import ConcernFactory
from ui.times import moment

pytestmark = pytest.mark.django_db

PARTS = ["reported", "known", "back", "learnt"]
NOBODY = ["practitioner_elsewhere", "manager_elsewhere", "colleague_without_need_to_know", "excluded_manager"]
NOBODY += ["practitioner_before", Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]
SECRET = {"possible_place": "Cherry Street", "with_whom": "A man called Vole"}
SECRET_AFTERWARDS = {"harm": "Bruised arm", "own_words": "I was afraid of him"}


def time_typed(name, at):
    local = timezone.localtime(at)
    day = {f"{name}_on_{part}": str(getattr(local, part)) for part in ("day", "month", "year")}
    return day | {f"{name}_time": f"{local:%H:%M}"}


def ago(**time):
    return timezone.now() - timedelta(**time)


def reported(**changes):
    answers = {"kind": "missing", "told_us_by": "Her aunt", "police_told": "yes", "police_reference": "MP 77"}
    return answers | time_typed("from", ago(minutes=90)) | changes


def known(seen, **changes):
    return {"seen": seen, "last_seen": "At the bus stop."} | changes


@pytest.fixture
def missing(case):
    return MissingEpisodeFactory(case=case)


@pytest.fixture
def back(case):
    return MissingEpisodeFactory(case=case, back=True, from_at=ago(days=9))


@pytest.fixture
def ways(case, at, missing, back):
    """Every way to write, and the page that reads."""
    at_back = {f"write {part}": at("write_missing", case, back.pk, part) for part in PARTS}
    addresses = {
        "report": at("report_missing", case),
        "come back": at("come_back", case, missing.pk),
        "talk": at("return_conversation", case, back.pk),
        **at_back,
    }
    return [(name, method, url) for name, url in addresses.items() for method in ("get", "post")]


# Who


def test_a_visitor_is_sent_to_sign_in(client, ways, back):
    ladder.is_sent_to_sign_in(client, [*ways, ("read", "get", back.get_absolute_url())])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, at, ways, back, who):
    stand_before(who, case)
    nothing = {url: url.replace(case.reference, "PR-2222-22") for _name, _method, url in ways}
    ladder.looks_like_no_case(
        client, [*ways, ("read", "get", back.get_absolute_url())], lambda _name: next(iter(nothing.values()))
    )


def test_a_safeguarding_lead_reads_what_keeps_them_safe_and_neither_writes_nor_reads_what_is_restricted(
    client, stand_before, case, ways, missing, back
):
    MissingEpisode.objects.filter(pk__in=[missing.pk, back.pk]).update(**SECRET, last_seen="At the bus stop.")
    MissingEpisode.objects.filter(pk=back.pk).update(**SECRET_AFTERWARDS)
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    ladder.is_refused(client, ways)
    for episode in (missing, back):
        page = client.get(episode.get_absolute_url()).text
        assert "At the bus stop." in page
        assert not [words for words in [*SECRET.values(), *SECRET_AFTERWARDS.values()] if words in page]


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_reads_and_writes_all_of_it(client, stand_before, case, ways, back, who):
    MissingEpisode.objects.filter(pk=back.pk).update(**SECRET, **SECRET_AFTERWARDS)
    stand_before(who, case)
    ladder.opens(client, ways)
    page = client.get(back.get_absolute_url()).text
    assert [words for words in [*SECRET.values(), *SECRET_AFTERWARDS.values()] if words not in page] == []


def test_one_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at):
    other = MissingEpisodeFactory(back=True).pk
    for name, *more in [("missing_episode",), ("return_conversation",), ("write_missing", "known"), ("come_back",)]:
        assert client.get(at(name, case, other, *more)).status_code == 404


@pytest.mark.parametrize("part", ["police", "talk", "back", "learnt"])
def test_a_part_that_is_not_there_yet_is_no_page(client, practitioner, case, at, missing, part):
    assert client.get(at("write_missing", case, missing.pk, part)).status_code == 404


def test_with_a_carer_alone_nobody_is_missed(client, manager, case, at):
    alone = CaseFactory(referral__centre=case.centre, kind="carer_only")
    assert client.get(at("report_missing", alone)).status_code == 403


# They are missing


def test_it_is_written_down_in_five_answers(client, practitioner, case, at):
    page = client.post(at("report_missing", case), reported(), follow=True)
    episode = MissingEpisode.objects.get()
    assert (episode.kind, episode.told_us_by, episode.police_reference) == ("missing", "Her aunt", "MP 77")
    assert timezone.localtime(episode.from_at).strftime("%H:%M") == reported()["from_time"]
    assert "The police know: MP 77." in page.text
    assert page.context["head"]["missing"]["title"] == f"Missing since {moment(episode.from_at)}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_time": ""}, "from_time"),
        ({"told_us_by": " "}, "told_us_by"),
        ({"kind": ""}, "kind"),
        ({"police_told": ""}, "police_told"),
        (time_typed("from", timezone.now() + timedelta(days=2)), "from_on"),
    ],
)
def test_what_is_lacking_is_asked_for_and_every_word_stays(client, practitioner, case, at, changes, field):
    page = client.post(at("report_missing", case), reported(**changes))
    assert list(page.context["form"].errors) == [field]
    assert "MP 77" in page.text


@pytest.mark.parametrize(("clock", "says"), [("10:05", "This time has not come yet."), ("1:30", None)])
def test_a_time_that_has_not_come_is_refused(clock, says):
    with time_machine.travel("2026-10-25T10:00:00+00:00", tick=False):  # clocks went back in the night
        form = ReportMissingForm(reported(**day_typed("from_on", 0), from_time=clock))
        assert form.errors.get("from_time") == (says and [says])


def test_without_the_police_no_reference_is_kept_and_the_banner_says_whom_to_ring(client, practitioner, case, at):
    client.post(at("report_missing", case), reported(police_told="no"))
    assert MissingEpisode.objects.get().police_reference == ""
    assert 'Tell the police: <a href="tel:101">' in client.get(at("tasks", case)).text


def test_who_comes_second_is_told_who_was_first_and_keeps_every_word(client, practitioner, case, at, missing):
    page = client.post(at("report_missing", case), reported())
    assert page.status_code == 409
    assert missing.by.full_name in page.text
    assert "MP 77" in page.text
    assert MissingEpisode.objects.count() == 1


@pytest.mark.parametrize(("ticked", "raised"), [({"raises_concern": "on"}, 1), ({}, 0)])
def test_it_is_a_concern_too_unless_somebody_says_no(client, practitioner, case, at, ticked, raised):
    assert client.get(at("report_missing", case)).context["form"]["raises_concern"].value()
    client.post(at("report_missing", case), reported(**ticked))
    assert Concern.objects.filter(raised_by=practitioner).count() == raised


def test_sent_twice_it_is_one(client, practitioner, case, at):
    answers = reported()
    for _twice in (1, 2):
        client.post(at("report_missing", case), answers)
    assert MissingEpisode.objects.count() == 1


def test_the_banner_stands_on_every_page_of_the_case_and_goes_when_they_are_back(
    client, practitioner, case, at, missing
):
    pages = ["case", "consent", "people", "tasks", "safety", "note", "contact", "network", "ending", "safety_change"]
    urls = [at(name, case) for name in pages] + [f"{case.get_absolute_url()}sessions/", missing.get_absolute_url()]
    assert [url for url in urls if "Missing since" not in client.get(url).text] == []
    assert "Missing since" in client.get("/cases/").text
    answers = {"seen": 1} | time_typed("until", ago(minutes=1))
    client.post(at("come_back", case, missing.pk), answers)
    assert [url for url in urls[:-1] if "Missing since" in client.get(url).text] == []


def test_it_is_offered_from_the_case_while_nobody_is_missing(client, practitioner, case, at):
    assert at("report_missing", case) in client.get(case.get_absolute_url()).text
    MissingEpisodeFactory(case=case)
    assert at("report_missing", case) not in client.get(case.get_absolute_url()).text


# More is known


def test_more_is_added_in_parts(client, practitioner, case, at, missing):
    client.post(at("write_missing", case, missing.pk, "known"), known(1, **SECRET))
    again = {"seen": 2, "kind": "missing", "told_us_by": "Her aunt", "police_told": "yes", "reported_by": "Her aunt"}
    again |= {"agency_term": "absent", **time_typed("from", missing.from_at)}
    again |= time_typed("told_us", missing.told_us_at) | time_typed("police_told", ago(hours=3))
    assert client.post(at("write_missing", case, missing.pk, "reported"), again).url == missing.get_absolute_url()
    kept = MissingEpisode.objects.get()
    assert (kept.last_seen, kept.with_whom, kept.agency_term) == ("At the bus stop.", SECRET["with_whom"], "absent")
    assert (kept.from_at, kept.told_us_at, kept.edition) == (missing.from_at, missing.told_us_at, 3)
    assert kept.police_told_at is not None


def test_who_saves_second_sees_both_texts_and_then_may_save(client, practitioner, case, at, missing):
    url = at("write_missing", case, missing.pk, "known")
    client.post(url, known(1))
    page = client.post(url, known(1, last_seen="Near the school."))
    assert page.status_code == 409
    assert "At the bus stop." in page.text
    assert "Near the school." in page.text
    seen = page.context["form"]["seen"].value()
    client.post(url, known(seen, last_seen="Near the school."))
    assert MissingEpisode.objects.get().last_seen == "Near the school."


def test_a_day_without_a_time_is_asked_for(client, practitioner, case, at, missing):
    answers = {"seen": 1, "kind": "missing", "told_us_by": "Her aunt", "police_told": "yes"}
    answers |= time_typed("from", missing.from_at) | time_typed("told_us", missing.told_us_at)
    answers |= day_typed("police_told_on", 0)
    page = client.post(at("write_missing", case, missing.pk, "reported"), answers)
    assert list(page.context["form"].errors) == ["police_told_time"]


# They are back


def test_they_come_back_and_a_return_conversation_is_offered_until_a_time(client, practitioner, case, at, missing):
    answers = {"seen": 1, "found_how": "Rang her aunt."} | time_typed("until", ago(minutes=30))
    page = client.post(at("come_back", case, missing.pk), answers, follow=True)
    kept = MissingEpisode.objects.get()
    assert f"By {moment(kept.talk_due_at)}, 72 hours after they came back." in page.text
    talked = {"seen": kept.edition, "talk": "said_no", "talk_by": "The council", **day_typed("talk_offered_on", 0)}
    page = client.post(at("return_conversation", case, missing.pk), talked, follow=True)
    assert "72 hours" not in page.text
    assert MissingEpisode.objects.get().talk == "said_no"


def test_they_do_not_come_back_before_they_went(client, practitioner, case, at, missing):
    page = client.post(at("come_back", case, missing.pk), {"seen": 1} | time_typed("until", ago(days=2)))
    assert list(page.context["form"].errors) == ["until_time"]


def test_who_writes_second_that_they_are_back_keeps_every_word_beside_the_first(client, practitioner, case, at, back):
    answers = {"seen": 1, "harm": "None that we know of."} | time_typed("until", back.until_at)
    page = client.post(at("come_back", case, back.pk), answers)
    assert page.status_code == 409
    assert back.found_how in page.text
    assert "None that we know of." in page.text
    assert page.context["form"].helper.form_action == at("write_missing", case, back.pk, "back")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"talk": "not_offered"}, "talk_outcome"),
        ({"talk": "offered", "talk_by": ""}, "talk_by"),
        ({"talk": "held", **day_typed("talk_on", -3)}, "talk_on"),
        ({"talk": "offered", **day_typed("talk_offered_on", -3)}, "talk_offered_on"),
        ({"talk": "held", **day_typed("talk_on", 2)}, "talk_on"),
    ],
)
def test_what_a_return_conversation_needs_is_asked_for(client, practitioner, case, at, back, changes, field):
    answers = {"seen": 1, "talk_by": "The council", **day_typed("talk_offered_on", 0)} | changes
    page = client.post(at("return_conversation", case, back.pk), answers)
    assert list(page.context["form"].errors) == [field]


def test_they_did_not_come_back_after_somebody_offered_to_talk(client, practitioner, case, at):
    until_at = ago(days=3)
    offered = {"talk": "offered", "talk_by": "The council", "talk_offered_on": timezone.localdate(until_at)}
    talked = MissingEpisodeFactory(case=case, back=True, from_at=ago(days=9), until_at=until_at, **offered)
    answers = {"seen": 1} | time_typed("until", ago(days=1))
    page = client.post(at("write_missing", case, talked.pk, "back"), answers)
    assert list(page.context["form"].errors) == ["until_on"]


def test_of_who_is_missing_still_nobody_asks_how_they_came_back(client, practitioner, case, at, missing):
    page = client.get(at("return_conversation", case, missing.pk), follow=True)
    assert page.redirect_chain[0][0] == missing.get_absolute_url()


# The page of safety


def test_safety_says_that_a_look_is_owed_and_lists_the_times(client, practitioner, case, at, missing, back):
    TaskFactory(case=case, kind="safety_plan", what="Look at the safety plan again.")
    page = client.get(at("safety", case))
    assert "Look at the safety plan again." in page.text
    assert [row["pk"] for row in page.context["missing"]] == [missing.pk, back.pk]
    assert [row["status"] for row in page.context["missing"]] == ["Still missing", "Return conversation to come"]


@pytest.mark.parametrize("count", [1, 3])
def test_safety_asks_as_often_for_three_times_as_for_one(
    client, practitioner, case, at, count, django_assert_num_queries
):
    MissingEpisodeFactory.create_batch(count, case=case, back=True)
    with django_assert_num_queries(SAFETY_PAGE):
        client.get(at("safety", case))


@pytest.mark.parametrize("count", [1, 3])
def test_its_own_page_asks_as_often_however_often_it_happened(
    client, practitioner, case, count, django_assert_num_queries
):
    episodes = MissingEpisodeFactory.create_batch(count, case=case, back=True)
    with django_assert_num_queries(EPISODE_PAGE):
        client.get(episodes[0].get_absolute_url())


SAFETY_PAGE = 13
EPISODE_PAGE = 11
