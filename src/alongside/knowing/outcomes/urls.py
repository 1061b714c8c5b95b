"""Addresses of the outcomes kit."""

from django.urls import path

from alongside.knowing.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("wish/", views.wish, name="wish"),
    path("wish/<uuid:key>/settle/", views.settle, name="settle"),
]
