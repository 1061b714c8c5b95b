"""Addresses of panels by lot."""

from django.urls import path

from alongside.planning.lotteries import running, views

app_name = "lotteries"
urlpatterns = [
    path("panels/", views.listing, name="list"),
    path("panels/new/", running.new, name="new"),
    path("panels/<uuid:key>/", views.one, name="one"),
    path("panels/<uuid:key>/yes/", views.yes, name="yes"),
    path("panels/<uuid:key>/mine/", views.mine, name="mine"),
    path("panels/<uuid:key>/leave/", views.leave, name="leave"),
    path("panels/<uuid:key>/seat/", views.seat, name="seat"),
    path("panels/<uuid:key>/paper/", views.paper, name="paper"),
    path("panels/<uuid:key>/run/", running.run, name="run"),
    path("panels/<uuid:key>/run/words/", running.words, name="words"),
    path("panels/<uuid:key>/run/groups/", running.groups, name="groups"),
    path("panels/<uuid:key>/run/sheet/", running.sheet, name="sheet"),
    path("panels/<uuid:key>/run/do/", running.do, name="do"),
    path("panels/<uuid:key>/run/names/", running.names, name="names"),
]
