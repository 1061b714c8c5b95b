"""Addresses of the programs that somebody lets in."""

from django.urls import path

from alongside.ground.tokens import views

app_name = "tokens"
urlpatterns = [
    path("me/programs/", views.mine, name="mine"),
    path("me/programs/new/", views.new, name="new"),
    path("me/programs/<uuid:key>/shut-out/", views.shut_out, name="shut_out"),
]
