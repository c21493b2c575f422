"""What waits for whom: one's own, and a manager's team."""

from django.urls import path

from reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("team/", views.team, name="team"),
]
