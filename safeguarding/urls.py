from django.urls import path

from safeguarding.views import concerns

app_name = "safeguarding"
urlpatterns = [
    path("", concerns.concerns, name="concerns"),
    path("<uuid:key>/", concerns.concern, name="concern"),
    path("<uuid:key>/acknowledge/", concerns.acknowledge, name="acknowledge"),
    path("<uuid:key>/close/", concerns.close, name="close"),
]
