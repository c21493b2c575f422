from django.urls import path

from benchmarks.floor import views

urlpatterns = [
    path("", views.submit),
    path("submit/", views.submit),
    path("form/", views.form),
    path("queue/", views.queue),
    path("item/<int:pk>/", views.detail),
    path("item/<int:pk>/decide/", views.decide),
]
