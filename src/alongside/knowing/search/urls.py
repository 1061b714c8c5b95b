"""Addresses of look around."""

from django.urls import path

from alongside.knowing.search import views

app_name = "search"
urlpatterns = [
    path("look-around/", views.page, name="look_around"),
    path("look-around/what-matters/", views.what_matters, name="what_matters"),
    path("look-around/works-for-me/", views.works_for_me, name="works_for_me"),
]
