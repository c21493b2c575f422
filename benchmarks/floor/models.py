from django.db import models


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
        indexes = [models.Index(fields=["status", "due_at"], name="item_list")]

    def __str__(self):
        return self.title
