"""Addresses of the notices kit."""

from django.urls import path

from alongside.ground.notices import views

app_name = "notices"
urlpatterns = [
    path("my-messages/", views.mine, name="mine"),
    path("my-messages/<uuid:key>/seen/", views.mark_seen, name="mark_seen"),
]
