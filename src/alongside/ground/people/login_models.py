"""How people sign in: by an e-mailed code, by a printed card and a word, or on the device where a page was begun."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class LoginManager(BaseUserManager["Login"]):
    """Makes logins; an address is kept in lower case so that one person has one."""

    def create_user(self, email: str | None, **fields: object) -> "Login":
        login = self.model(email=email.lower() if email else None, **fields)
        login.set_unusable_password()
        login.save(using=self._db)
        return login


class Login(AbstractBaseUser):
    """A way in: by e-mailed code, or by a printed card and a word. The person is the party."""

    party = models.OneToOneField("ground.Party", models.PROTECT, null=True, related_name="login")
    email = models.EmailField(unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    privacy = {"email": "sensitive", "is_active": "open", "password": "sensitive", "last_login": "personal"}

    USERNAME_FIELD = "email"
    objects = LoginManager()

    def __str__(self) -> str:
        return self.email or f"login {self.pk}"


class Card(models.Model):
    """A printed card with a number, and a word chosen with a named helper: a way in without e-mail."""

    login = models.OneToOneField(Login, models.CASCADE, related_name="card")
    number = models.CharField(max_length=16, unique=True)
    word = models.CharField(max_length=200)  # hashed as a password is
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)
    privacy = {"number": "sensitive", "word": "sensitive", "tries": "open", "locked_until": "open", "made": "open"}

    def __str__(self) -> str:
        return f"card of login {self.login_id}"


class Device(models.Model):
    """A device that holds an unclaimed page; only a hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    party = models.ForeignKey("ground.Party", models.CASCADE, related_name="devices")
    expires = models.DateTimeField()
    privacy = {"token_hash": "sensitive", "expires": "open"}

    def __str__(self) -> str:
        return f"device of {self.party_id}"
