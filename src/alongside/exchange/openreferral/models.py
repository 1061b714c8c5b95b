"""What has gone out in the feed, so that whoever reads it can be told what is gone. The standard has no such list."""

from django.db import models


class Published(models.Model):
    """A record that was once in the feed, under which id, and since when it no longer is.

    It outlives the erasing of the record, holding nothing but the id that the feed gave out.
    """

    record = models.ForeignKey("ground.Record", models.PROTECT, related_name="+")
    public = models.CharField(max_length=36, unique=True)
    since = models.DateTimeField(auto_now_add=True)
    gone = models.DateTimeField(null=True, blank=True, db_index=True)
    privacy = dict.fromkeys(["public", "since", "gone"], "open")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record"], name="one_public_id_a_record")]

    def __str__(self) -> str:
        return self.public
