"""Every address of the product. Each app owns its own; this file says where they stand."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from protect_respect import admin_site, demo_mail, health, operations_page, views

handler400 = "ui.views.bad_request"
handler403 = "ui.views.permission_denied"
handler404 = "ui.views.page_not_found"
handler500 = "ui.views.server_error"

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("home/", views.home, name="home"),
    path("operations/", operations_page.operations, name="operations"),
    path("my-work/", include("reminders.urls")),
    path("triage/", include("referrals.urls.triage")),
    path("concerns/", include("safeguarding.urls")),
    path("", include("cases.urls")),
    path("", include("sessions.urls")),
    path("staff/", include("accounts.urls")),
    path("config/", admin_site.site.urls),
    path("", include("ui.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demo/mail/", demo_mail.mail, name="demo_mail"))
# What the public reads and fills in: English without a prefix, its Welsh twin under /cy/.
urlpatterns += i18n_patterns(
    path("", include("centres.urls")),
    path("", include("referrals.urls.public")),
    prefix_default_language=False,
)
