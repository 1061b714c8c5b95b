"""Addresses of ideas, the talk about them, and the list."""

from django.urls import path

from alongside.planning.ideas import doing, views

app_name = "ideas"
urlpatterns = [
    path("decide/<uuid:key>/ideas/", views.listing, name="list"),
    path("decide/<uuid:key>/ideas/new/", views.put_forward, name="new"),
    path("decide/<uuid:key>/shortlist/", views.shortlist, name="shortlist"),
    path("decide/<uuid:key>/talk-again/", doing.talk_again, name="talk_again"),
    path("decide/<uuid:key>/talk/", views.talk, name="talk"),
    path("decide/<uuid:key>/talk/<uuid:point>/<slug:what>/", doing.with_point, name="point"),
    path("decide/<uuid:key>/ideas/<uuid:idea>/", views.one, name="one"),
    path("decide/<uuid:key>/ideas/<uuid:idea>/say/", views.talk, name="say"),
    path("decide/<uuid:key>/ideas/<uuid:idea>/take-out/", doing.take_out, name="take_out"),
    path("decide/<uuid:key>/ideas/<uuid:idea>/<slug:what>/", doing.with_idea, name="do"),
]
