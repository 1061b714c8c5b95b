"""Addresses of what gets in the way, and of rights."""

from django.urls import path

from alongside.knowing.barriers import views

app_name = "barriers"
urlpatterns = [
    path("in-the-way/", views.listing, name="list"),
    path("in-the-way/say/", views.say, name="say"),
    path("in-the-way/<uuid:key>/", views.one, name="one"),
    path("in-the-way/<uuid:key>/too/", views.too, name="too"),
    path("in-the-way/<uuid:key>/answer/", views.answer, name="answer"),
    path("in-the-way/<uuid:key>/ours/", views.take_on, name="take_on"),
    path("in-the-way/<uuid:key>/right/", views.close, name="close"),
    path("rights/", views.rights, name="rights"),
]
