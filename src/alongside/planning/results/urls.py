"""Addresses of results."""

from django.urls import path

from alongside.planning.results import views

app_name = "results"
urlpatterns = [
    path("decide/<uuid:key>/result/", views.one, name="one"),
    path("decide/<uuid:key>/result/count/", views.count, name="count"),
]
