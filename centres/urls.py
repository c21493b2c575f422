"""Addresses of the pages about the service. Each has a Welsh twin under /cy/."""

from django.urls import path

from centres import views

app_name = "centres"
urlpatterns = [
    path("young-people/", views.young_people, name="young_people"),
    path("help/contact/", views.contact, name="contact"),
    path("help/privacy/", views.privacy, name="privacy"),
    path("help/accessibility/", views.accessibility, name="accessibility"),
    path("help/cookies/", views.cookies, name="cookies"),
]
