from django.urls import path, register_converter

from referrals.references import ReferenceConverter
from referrals.views import (
    assigning_many,
    saved_views,
    searching,
    triage,
    triage_acts,
    triage_deciding,
    triage_screening,
)

register_converter(ReferenceConverter, "referral_reference")

app_name = "triage"
urlpatterns = [
    path("", triage.queue, name="queue"),
    path("search/", searching.search, name="search"),
    path("assign/", assigning_many.assign_many, name="assign_many"),
    path("views/", saved_views.views, name="views"),
    path("views/new/", saved_views.save, name="save_view"),
    path("views/<int:pk>/delete/", saved_views.delete, name="delete_view"),
    path("<referral_reference:reference>/", triage.referral, name="referral"),
    path("<referral_reference:reference>/take/", triage_acts.take, name="take"),
    path("<referral_reference:reference>/assign/", triage_acts.assign, name="assign"),
    path("<referral_reference:reference>/screening/", triage_acts.start_screening, name="start_screening"),
    path("<referral_reference:reference>/priority/", triage_acts.priority, name="priority"),
    path("<referral_reference:reference>/notes/", triage_acts.note, name="note"),
    path("<referral_reference:reference>/i-know-this-family/", triage_acts.step_back, name="step_back"),
    path("<referral_reference:reference>/keep-out/", triage_acts.keep_out, name="keep_out"),
    path("<referral_reference:reference>/kept-out/", triage_acts.kept_out, name="kept_out"),
    path(
        "<referral_reference:reference>/concern-about-a-colleague/",
        triage_acts.raise_about_colleague,
        name="raise_about_colleague",
    ),
    path("<referral_reference:reference>/concern/", triage_acts.raise_concern, name="raise_concern"),
    path("<referral_reference:reference>/criteria/", triage_screening.criteria, name="criteria"),
    path("<referral_reference:reference>/hold/", triage_screening.hold, name="hold"),
    path("<referral_reference:reference>/resume/", triage_screening.resume, name="resume"),
    path("<referral_reference:reference>/ask/", triage_screening.ask, name="ask"),
    path("<referral_reference:reference>/stop-waiting/", triage_screening.stop_waiting, name="stop_waiting"),
    path("<referral_reference:reference>/reopen/", triage_screening.reopen, name="reopen"),
    path("<referral_reference:reference>/withdraw/", triage_deciding.withdraw, name="withdraw"),
    path("<referral_reference:reference>/decision/", triage_deciding.decide, name="decide"),
    path("<referral_reference:reference>/second-person/", triage_deciding.second_person_answers, name="second_person"),
]
