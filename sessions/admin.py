"""What awareness sessions are about, in Django's admin."""

from django.contrib import admin

from centres.admin import CentreOptionAdmin


class AwarenessTopicAdmin(CentreOptionAdmin):
    """The leaflet's seven keep their key; a centre adds its own beside them (R-wal-11)."""

    says_what = "key"
    list_display = ["label_en", "centre", "retired_on"]
    list_filter = [("centre", admin.RelatedOnlyFieldListFilter)]
