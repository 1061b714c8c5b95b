"""Addresses of looks: a steward's, with a reason, and one's own list of who looked."""

from django.urls import path

from alongside.ground.consent import views

app_name = "consent"
urlpatterns = [
    path("desk/see-more/<uuid:key>/", views.with_reason, name="with_reason"),
    path("me/who-looked/", views.who_looked, name="who_looked"),
]
