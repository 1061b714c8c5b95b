"""Addresses of the outcomes kit."""

from django.urls import path

from alongside.knowing.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("wish/", views.wish, name="wish"),
    path("not-found-yet/", views.not_found_yet, name="not_found_yet"),
    path("wish/<uuid:key>/", views.one_wish, name="one_wish"),
    path("wish/<uuid:key>/could/", views.could, name="could"),
    path("wish/<uuid:key>/settle/", views.settle, name="settle"),
]
