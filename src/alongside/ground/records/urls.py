"""Addresses of the stewards' desk."""

from django.urls import path

from alongside.ground.records import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.desk, name="home"),
    path("desk/<uuid:key>/let-through/", views.let, name="let_through"),
    path("desk/<uuid:key>/turn-back/", views.back, name="turn_back"),
]
