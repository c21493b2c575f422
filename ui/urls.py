from django.urls import path

from ui import views

app_name = "ui"
urlpatterns = [
    path("style/", views.style_guide, name="style_guide"),
]
