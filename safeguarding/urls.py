from django.urls import path

from safeguarding import views

app_name = "safeguarding"
urlpatterns = [
    path("", views.concerns, name="concerns"),
    path("<uuid:key>/", views.concern, name="concern"),
    path("<uuid:key>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<uuid:key>/close/", views.close, name="close"),
]
