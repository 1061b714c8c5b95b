"""Addresses of paper ballots, for those who print and read them."""

from django.urls import path

from alongside.planning.papers import views

app_name = "papers"
urlpatterns = [
    path("decide/<uuid:key>/paper/", views.paper, name="paper"),
    path("decide/<uuid:key>/paper/print/", views.sheets, name="sheets"),
    path("decide/<uuid:key>/paper/read/", views.key_in, name="key_in"),
]
