"""Addresses of decisions: the list, one, how each way works, and the set-up in steps."""

from django.urls import path

from alongside.planning.decisions import making, views

app_name = "decisions"
urlpatterns = [
    path("decide/", views.listing, name="list"),
    path("decide/how/", views.how, name="how"),
    path("decide/new/", making.begin, name="new"),
    path("decide/new/<uuid:key>/check/", making.check, name="check"),
    path("decide/new/<uuid:key>/<slug:step>/", making.step, name="step"),
    path("decide/<uuid:key>/", views.one, name="one"),
    path("decide/<uuid:key>/declared.txt", views.declared, name="declared"),
    path("decide/<uuid:key>/stop/", views.end, name="stop"),
]
