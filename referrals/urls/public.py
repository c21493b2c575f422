"""Addresses for professionals who refer. Each has a Welsh twin under /cy/."""

from django.urls import path, register_converter

from referrals.sections import BY_SLUG
from referrals.views import answering, check, drafts, proving, public, sending

app_name = "refer"


class SectionConverter:
    regex = "|".join(BY_SLUG)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(SectionConverter, "section")

urlpatterns = [
    path("", public.start_page, name="start_page"),
    path("check/", check.first, name="check"),
    path("check/situation/", check.situation, name="situation"),
    path("check/result/", check.result, name="result"),
    path("check/not-right/", public.not_right, name="not_right"),
    path("refer/start/", proving.email, name="email"),
    path("refer/code/", proving.code, name="code"),
    path("refer/leave/", proving.leave, name="leave"),
    path("refer/session/", proving.session, name="session"),
    path("refer/", drafts.mine, name="mine"),
    path("refer/<uuid:draft>/", drafts.tasks, name="tasks"),
    path("refer/<uuid:draft>/check/", sending.check_answers, name="check_answers"),
    path("refer/<uuid:draft>/discard/", drafts.discard, name="discard"),
    path("refer/<uuid:draft>/sent/", sending.sent, name="sent"),
    path("refer/<uuid:draft>/copy.pdf", sending.copy, name="copy"),
    path("refer/<uuid:draft>/outcome/", sending.outcome, name="outcome"),
    path("refer/<uuid:draft>/messages/", answering.questions, name="messages"),
    path("refer/<uuid:draft>/<section:section>/", drafts.section, name="section"),
]
