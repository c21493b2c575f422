from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper


class Item(models.Model):
    """One row, as plain as one can be."""

    title = models.CharField(max_length=80)
    area = models.CharField(max_length=80)
    status = models.CharField(max_length=20)
    owner = models.CharField(max_length=80)
    number = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["status", "due_at"], name="item_list"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="item_like_title"),
        ]

    def __str__(self):
        return self.title
