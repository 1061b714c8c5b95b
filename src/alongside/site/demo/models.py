"""A one-use link that signs somebody in as a person of the invented place. It works nowhere else."""

from django.db import models


class DemoLink(models.Model):
    """One link for one of the cast. Only a keyed hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    party = models.ForeignKey("ground.Party", models.CASCADE, related_name="+")
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    privacy = {"token_hash": "sensitive", "expires": "open", "used_at": "open"}

    def __str__(self) -> str:
        return f"link for {self.party_id}"
