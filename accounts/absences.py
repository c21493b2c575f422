"""Who may cover for whom: whoever works at one of their centres now."""

from django.db.models import Exists, OuterRef

from accounts.models import Membership, User


def who_may_cover(user):
    """The colleagues of ``user``, by name."""
    theirs = Membership.objects.current().filter(user=user)
    beside = Membership.objects.current().filter(user=OuterRef("pk"), centre__in=theirs.values("centre"))
    return User.objects.filter(Exists(beside)).exclude(pk=user.pk).order_by("full_name", "pk")
