"""Addresses of the helping kit."""

from django.urls import path

from alongside.ground.helping import answering, views

app_name = "helping"
urlpatterns = [
    path("helping/", views.home, name="home"),
    path("helping/new/", views.open_page, name="open"),
    path("helping/letters/", views.post, name="letters"),
    path("helping/calls/<uuid:key>/told/", views.told, name="told"),
    path("helping/asked/<uuid:key>/", answering.asked, name="asked"),
    path("helping/asked/<uuid:key>/back/", answering.take_back, name="take_back"),
    path("helping/without/<uuid:key>/", answering.get_in_touch, name="get_in_touch"),
    path("helping/<uuid:key>/card/", views.card, name="card"),
    path("helping/<uuid:key>/card/new/", views.new_card, name="new_card"),
    path("helping/<uuid:key>/start/", views.start, name="start"),
    path("helping/<uuid:key>/end/", views.end, name="end"),
    path("me/card/", views.my_card, name="my_card"),
    path("me/helpers/", views.mine, name="mine"),
    path("me/helpers/<uuid:key>/stop/", views.stop_mine, name="stop_mine"),
    path("desk/help/", views.desk, name="desk"),
    path("desk/help/<uuid:key>/", views.capacity, name="capacity"),
]
