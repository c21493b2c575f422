"""What can be offered to a young person, in Django's admin."""

from django.contrib import admin

from centres.admin import CentreOptionAdmin


class SupportOptionAdmin(CentreOptionAdmin):
    """Under which scheme it is offered stays as it was: young people have answered to it."""

    says_what = "scheme"
    list_display = ["label_en", "scheme", "centre", "retired_on"]
    list_filter = [("centre", admin.RelatedOnlyFieldListFilter), "scheme"]
