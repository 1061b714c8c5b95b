"""Addresses of the quick way to a decision."""

from django.urls import path

from alongside.planning.asking import views

app_name = "asking"
urlpatterns = [
    path("decide/ask/", views.ask, name="ask"),
    path("decide/ask/<uuid:key>/", views.small, name="small"),
    path("decide/ask/<uuid:key>/draft/", views.draft, name="draft"),
]
