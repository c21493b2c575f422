"""Pages that anybody may read about the service: whom to ring, what is held, how it is built."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from centres.models import ContactPointOfCentre


@login_not_required
@require_safe
def contact(request):
    """Whom to ring. A number that nobody has checked is not shown; the helpline always is (R-wal-37)."""
    points = ContactPointOfCentre.objects.verified().filter(centre__is_active=True).select_related("centre")
    return render(request, "centres/contact.html", {"points": points})


@login_not_required
@require_safe
def young_people(request):
    return render(request, "centres/young_people.html")


@login_not_required
@require_safe
def privacy(request):
    return render(request, "centres/privacy.html")


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "centres/accessibility.html")


@login_not_required
@require_safe
def cookies(request):
    return render(request, "centres/cookies.html")
