"""Addresses of answers, of what came of decisions, and of what councillors do."""

from django.urls import path

from alongside.planning.answers import views

app_name = "answers"
urlpatterns = [
    path("came-of-it/", views.came_of_it, name="came_of_it"),
    path("decide/<uuid:key>/answers/", views.listing, name="list"),
    path("decide/<uuid:key>/answers/<uuid:idea>/", views.answer, name="answer"),
    path("decide/<uuid:key>/rests-on/", views.ground, name="ground"),
    path("decide/<uuid:key>/acts/new/", views.act, name="act"),
    path("decide/<uuid:key>/acts/<uuid:act>/answer/", views.answer_call, name="answer_call"),
]
