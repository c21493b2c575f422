"""Django's admin, for configuration only: our roles open it, and no model that can hold a person is in it."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from accounts import admin as accounts_admin
from accounts import rules
from accounts.models import DutyShift, Membership, User
from cases.admin import SupportOptionAdmin
from cases.models import SupportOption
from centres import admin as centres_admin
from centres.models import ContactPointOfCentre, LocalAuthority, PublicContact, ServiceCentre, ServiceOffer
from referrals.admin import NotAcceptedReasonAdmin
from referrals.models import NotAcceptedReason
from sessions.admin import AwarenessTopicAdmin, ResourceAdmin
from sessions.models import AwarenessTopic, Resource

NOT_OURS = {"logout", "password_change", "password_change_done", "view_on_site"}


class ConfigurationSite(AdminSite):
    """Signing in and out are our own pages. ``is_superuser`` and ``is_staff`` open nothing."""

    site_header = site_title = _("Protect and Respect: configuration")
    index_title = _("Configuration")
    index_template = "config/index.html"
    site_url = "/home/"
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_authenticated and rules.may_configure(request.user)

    def administers_all(self, request):
        return rules.may_manage_users(request.user)

    def centres(self, request):
        """The centres whose rows ``request.user`` may configure."""
        if self.administers_all(request):
            return ServiceCentre.objects.all()
        return ServiceCentre.objects.filter(pk__in=rules.administered_centres(request.user))

    def admin_view(self, view, cacheable=False):
        """A colleague without the role is refused here; a stranger was sent to sign-in before."""
        guarded = super().admin_view(view, cacheable)

        def or_refused(request, *args, **kwargs):
            if not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return or_refused

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        return redirect_to_login(reverse("admin:index"))

    def get_urls(self):
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in NOT_OURS]


site = ConfigurationSite()
site.register(ServiceCentre, centres_admin.ServiceCentreAdmin)
site.register(ContactPointOfCentre, centres_admin.ContactPointOfCentreAdmin)
site.register(LocalAuthority, centres_admin.LocalAuthorityAdmin)
site.register(ServiceOffer, centres_admin.ServiceOfferAdmin)
site.register(PublicContact, centres_admin.PublicContactAdmin)
site.register(User, accounts_admin.UserAdmin)
site.register(Membership, accounts_admin.MembershipAdmin)
site.register(DutyShift, accounts_admin.DutyShiftAdmin)
site.register(NotAcceptedReason, NotAcceptedReasonAdmin)
site.register(SupportOption, SupportOptionAdmin)
site.register(AwarenessTopic, AwarenessTopicAdmin)
site.register(Resource, ResourceAdmin)
