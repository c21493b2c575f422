"""What waits for whom: one's own, and a manager's team."""

from django.urls import path

from reminders.views import away, letters, work

app_name = "reminders"
urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("<int:pk>/put-off/", work.put_off, name="put_off"),
    path("away/", away.away, name="away"),
    path("away/<int:pk>/call-off/", away.call_off, name="call_off"),
    path("away/<int:pk>/cover/", away.cover_cases, name="cover_cases"),
    path("letters/", letters.letters, name="letters"),
    path("team/", work.team, name="team"),
]
