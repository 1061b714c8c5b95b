"""By which secrets a database was made: a proof of each, from which nobody can tell the secret."""

from django.db import models


class KnownKey(models.Model):
    """A secret of this installation by its name, and a hash that only this secret gives."""

    name = models.CharField(max_length=24, primary_key=True)
    proof = models.CharField(max_length=64)
    privacy = {"name": "open", "proof": "open"}

    def __str__(self) -> str:
        return self.name
