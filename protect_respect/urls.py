"""Every address of the product. Each app owns its own; this file says where they stand."""

from django.conf import settings
from django.urls import include, path

from protect_respect import admin_site, demo_mail, health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("staff/", include("accounts.urls")),
    path("config/", admin_site.site.urls),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demo/mail/", demo_mail.mail, name="demo_mail"))
