"""Parties of equal standing, who belongs where and who may act for whom; how they sign in stands beside this."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.login_models import Card as Card
from alongside.ground.people.login_models import Device as Device
from alongside.ground.people.login_models import Login as Login
from alongside.ground.people.login_models import LoginManager as LoginManager


class Kind(models.TextChoices):
    """The three kinds of holder, of equal standing."""

    PERSON = "person", _("A person")
    COMMUNITY = "community", _("A community")
    ORGANISATION = "organisation", _("An organisation")


class Sort(models.TextChoices):
    """What sort of community or organisation this is; the book's order of sources is read from it."""

    PERSON = "person", _("Person")
    HOUSEHOLD = "household", _("Household or family")
    PLACE = "place", _("Community of place")
    INTEREST = "interest", _("People who share an interest")
    GROUP = "group", _("Group with no legal form")
    USER_LED = "user_led", _("Run by the people it is for")
    VOLUNTARY = "voluntary", _("Charity or voluntary organisation")
    BUSINESS = "business", _("Shop, café or other business")
    VENTURE = "venture", _("Small venture")
    PUBLIC = "public", _("Public service for everyone")
    SPECIALIST = "specialist", _("Specialist service")


class PartyState(models.TextChoices):
    PROVISIONAL = "provisional", _("Not yet claimed")
    LIVE = "live", _("Here")
    PAUSED = "paused", _("Taking a break")
    MERGED = "merged", _("Joined with another")
    ERASED = "erased", _("Gone")


GONE = (PartyState.ERASED, PartyState.MERGED)  # nobody reads what is left for them there


class Role(models.TextChoices):
    """What a member does in a community or organisation. The staff roles need a second factor."""

    MEMBER = "member", _("Member")
    KEEPER = "keeper", _("Looks after it")
    CONNECTOR = "connector", _("Community connector")
    PLACE_STEWARD = "place_steward", _("Steward of this place")
    COORDINATOR = "coordinator", _("Local area coordinator")
    BUILDER = "builder", _("Community builder")
    COMMISSIONER = "commissioner", _("Commissioner")
    SUPPLIER = "supplier", _("Supplier")
    COUNCILLOR = "councillor", _("Councillor")
    ANALYST = "analyst", _("Analyst")


STAFF_ROLES = frozenset(
    {Role.PLACE_STEWARD, Role.COORDINATOR, Role.BUILDER, Role.COMMISSIONER, Role.COUNCILLOR, Role.ANALYST}
)
# Those who may open and keep a page with a person, by telephone, visit or post.
HELPER_ROLES = frozenset({Role.PLACE_STEWARD, Role.COORDINATOR, Role.BUILDER, Role.CONNECTOR})
KEEPING_ROLES = frozenset({Role.KEEPER, Role.PLACE_STEWARD})


class Group(models.TextChoices):
    """The four stakeholder groups of the book."""

    PEOPLE = "people_and_communities", _("People and communities")
    COMMISSIONERS = "commissioners", _("Commissioners")
    SUPPLIERS = "suppliers", _("Suppliers")
    POLITICIANS = "politicians", _("Politicians")


class Party(models.Model):
    """A person, community or organisation: one table, equal standing. Blanked on erasure, never deleted."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sort = models.CharField(max_length=12, choices=Sort.choices)
    name = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=PartyState.choices, default=PartyState.LIVE)
    group = models.CharField(max_length=24, choices=Group.choices, default=Group.PEOPLE)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("ground.Area", models.SET_NULL, null=True, blank=True, related_name="+")
    lang = models.CharField(max_length=8, default="en")
    website = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    privacy = {
        "key": "open",
        "kind": "open",
        "sort": "open",
        "name": "personal",
        "about": "personal",
        "state": "open",
        "group": "open",
        "lang": "personal",
        "website": "open",
        "since": "open",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person", sort="person") | (~Q(kind="person") & ~Q(sort="person")),
                name="a_person_is_a_person",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"])]

    def __str__(self) -> str:
        return self.name or str(_("Someone"))

    @property
    def is_person(self) -> bool:
        return self.kind == Kind.PERSON

    @property
    def shown_name(self) -> str:
        """For those who do not know them: a group by its name, a person by first name and initial."""
        first, *rest = self.name.split() or [str(_("Someone"))]
        if not self.is_person:
            return self.name
        return f"{first} {rest[-1][0]}." if rest else first


class PersonFacts(models.Model):
    """What only the person, and those they choose, may know: how to reach them and what they need."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="facts")
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    contact_by = models.CharField(max_length=12, default="page")
    access_needs = models.TextField(blank=True)
    large_print = models.BooleanField(default=False)
    privacy = {
        "phone": "sensitive",
        "address": "sensitive",
        "contact_by": "personal",
        "access_needs": "sensitive",
        "large_print": "personal",
    }

    def __str__(self) -> str:
        return f"facts of {self.party_id}"


class Membership(models.Model):
    """A party belongs to a community or organisation. Private unless the member shows it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    of = models.ForeignKey(Party, models.PROTECT, related_name="members")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    shown = models.BooleanField(default=False)
    privacy = {"key": "open", "role": "personal", "since": "personal", "until": "personal", "shown": "open"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "of", "role"], condition=Q(until=None), name="one_open_membership_a_role"
            ),
            models.CheckConstraint(condition=~Q(member=F("of")), name="nobody_belongs_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} of {self.of_id}"


class BasisKind(models.TextChoices):
    """Why someone may act for another (domain.md, Privacy)."""

    ASKED = "asked", _("They asked for this help")
    NAMED_HELPER = "named_helper", _("They asked someone to keep their page for them")
    ATTORNEY = "attorney", _("Power of attorney for money and property")
    HEALTH_ATTORNEY = "health_attorney", _("Power of attorney for health and care")
    DEPUTY = "deputy", _("Deputy of the court")
    APPOINTEE = "appointee", _("Appointee for benefits")
    BEST_INTERESTS = "best_interests", _("A best interests decision")
    CHILD = "child", _("Parent or guardian")


class Basis(models.Model):
    """A recorded basis on which a supporter acts for a person, and within which limits."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Party, models.PROTECT, related_name="supported_by")
    supporter = models.ForeignKey(Party, models.PROTECT, related_name="supports")
    kind = models.CharField(max_length=16, choices=BasisKind.choices)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices, blank=True)  # of whose work this help is a part
    evidence_seen_by = models.CharField(max_length=200, blank=True)
    capacity_lost_at = models.DateTimeField(null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    privacy = {
        "key": "open",
        "kind": "sensitive",
        "since": "personal",
        "until": "personal",
        "role": "personal",
        "evidence_seen_by": "sensitive",
        "capacity_lost_at": "sensitive",
        "objected_at": "sensitive",
        "ended_at": "personal",
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(person=F("supporter")), name="nobody_supports_themselves")]

    def __str__(self) -> str:
        return f"{self.supporter_id} for {self.person_id}"


class BasisScope(models.Model):
    """One thing a supporter may do with one part of the person's page."""

    basis = models.ForeignKey(Basis, models.CASCADE, related_name="scopes")
    part = models.CharField(max_length=24)
    act = models.CharField(max_length=8, choices=[("see", _("see")), ("write", _("write"))])
    privacy = {"part": "personal", "act": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["basis", "part", "act"], name="one_scope_a_part_and_act")]

    def __str__(self) -> str:
        return f"{self.act} {self.part}"


class Block(models.Model):
    """One party wants nothing from another: neither sees or may ask the other."""

    blocker = models.ForeignKey(Party, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Party, models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
    privacy = {"since": "sensitive"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_a_pair")]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"
