from django.urls import path, register_converter

from referrals.references import ReferenceConverter
from sessions.views import sessions

register_converter(ReferenceConverter, "session_reference")

app_name = "sessions"
urlpatterns = [
    path("cases/<session_reference:reference>/sessions/", sessions.sessions, name="sessions"),
]
