from django.urls import path, register_converter

from cases.views import allocating, case, consent, manage, people, reviews
from referrals.references import ReferenceConverter

register_converter(ReferenceConverter, "case_reference")

app_name = "cases"
urlpatterns = [
    path("cases/", case.caseload, name="caseload"),
    path("cases/<case_reference:reference>/", case.case, name="case"),
    path("cases/<case_reference:reference>/notes/new/", case.note, name="note"),
    path("cases/<case_reference:reference>/contacts/new/", case.contact, name="contact"),
    path("cases/<case_reference:reference>/concern/", case.raise_concern, name="raise_concern"),
    path("cases/<case_reference:reference>/pause/", case.pause, name="pause"),
    path("cases/<case_reference:reference>/resume/", case.resume, name="resume"),
    path("cases/<case_reference:reference>/people/", people.people, name="people"),
    path("cases/<case_reference:reference>/people/lead/", people.lead, name="lead"),
    path("cases/<case_reference:reference>/people/change/", people.reassign, name="reassign"),
    path("cases/<case_reference:reference>/people/add/", people.assign, name="assign"),
    path("cases/<case_reference:reference>/people/<int:pk>/end/", people.end_assignment, name="end_assignment"),
    path("cases/<case_reference:reference>/tasks/", people.tasks, name="tasks"),
    path("cases/<case_reference:reference>/tasks/<int:pk>/done/", people.finish_task, name="finish_task"),
    path("cases/<case_reference:reference>/entries/<int:pk>/pin/", case.pin, name="pin"),
    path("cases/<case_reference:reference>/reviews/", reviews.reviews, name="reviews"),
    path("cases/<case_reference:reference>/reviews/new/", reviews.new_review, name="new_review"),
    path("cases/<case_reference:reference>/reviews/<int:pk>/", reviews.hold_review, name="hold_review"),
    path("cases/<case_reference:reference>/reviews/<int:pk>/not-needed/", reviews.cancel_review, name="cancel_review"),
    path("cases/<case_reference:reference>/more-time/", reviews.request_extension, name="request_extension"),
    path("cases/<case_reference:reference>/more-time/<int:pk>/", reviews.extension, name="extension"),
    path("manage/approvals/", manage.approvals, name="approvals"),
    path("manage/forecast/", manage.forecast, name="forecast"),
    path("cases/<case_reference:reference>/consent/", consent.consent, name="consent"),
    path("cases/<case_reference:reference>/consent/new/", consent.record, name="record_consent"),
    path("cases/<case_reference:reference>/consent/withdraw/", consent.withdraw, name="withdraw_consent"),
    path("cases/<case_reference:reference>/consent/extra/", consent.extra, name="record_extra"),
    path("cases/<case_reference:reference>/consent/parent/", consent.parental_view, name="record_parental_view"),
    path("cases/<case_reference:reference>/consent/sharing/", consent.sharing, name="record_sharing"),
    path("cases/<case_reference:reference>/consent/privacy/", consent.privacy, name="record_privacy"),
    path("cases/<case_reference:reference>/people/contacts/new/", consent.add_contact, name="add_contact"),
    path("cases/<case_reference:reference>/people/contacts/<int:pk>/", consent.confirm_contact, name="confirm_contact"),
    path("manage/allocate/", allocating.waiting, name="waiting"),
    path("manage/allocate/<case_reference:reference>/", allocating.allocate, name="allocate"),
    path("manage/allocate/<case_reference:reference>/check/", allocating.check_on_waiting, name="check_on_waiting"),
]
