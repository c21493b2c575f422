from django.urls import path, register_converter

from referrals.references import ReferenceConverter
from sessions.views import diary, feedback, feeds, planning, recording, session, sessions, signposting

register_converter(ReferenceConverter, "session_reference")

app_name = "sessions"
urlpatterns = [
    path("diary/", diary.diary, name="diary"),
    path("diary/feed/", feeds.make_feed, name="make_feed"),
    path("diary/feed/stop/", feeds.revoke_feed, name="revoke_feed"),
    path("diary/feed/<slug:token>.ics", feeds.feed, name="feed"),
    path("cases/<session_reference:reference>/sessions/", sessions.sessions, name="sessions"),
    path("cases/<session_reference:reference>/sessions/new/", recording.log, name="log"),
    path("cases/<session_reference:reference>/sessions/remote/", session.remote_agreement, name="remote_agreement"),
    path("cases/<session_reference:reference>/sessions/<int:pk>/", session.session, name="session"),
    path("cases/<session_reference:reference>/sessions/<int:pk>/record/", recording.record, name="record"),
    path("cases/<session_reference:reference>/sessions/<int:pk>/sign/", recording.sign, name="sign"),
    path("cases/<session_reference:reference>/sessions/<int:pk>/add/", session.add, name="add"),
    path("cases/<session_reference:reference>/sessions/<int:pk>/start/", session.start_remote, name="start_remote"),
    path("cases/<session_reference:reference>/signposts/", signposting.signposts, name="signposts"),
    path("cases/<session_reference:reference>/signposts/new/", signposting.signpost, name="signpost"),
    path("cases/<session_reference:reference>/feedback/", feedback.feedback, name="feedback"),
    path("cases/<session_reference:reference>/feedback/new/", feedback.ask, name="ask_feedback"),
    path("cases/<session_reference:reference>/feedback/<int:pk>/stop/", feedback.take_back, name="take_back_quote"),
    path("cases/<session_reference:reference>/sessions/plan/", planning.plan, name="plan"),
    path("cases/<session_reference:reference>/sessions/<int:pk>/move/", planning.move, name="move"),
    path("cases/<session_reference:reference>/sessions/<int:pk>/cancel/", planning.cancel, name="cancel"),
]
