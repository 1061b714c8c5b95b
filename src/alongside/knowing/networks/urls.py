"""Addresses of who is around me."""

from django.urls import path

from alongside.knowing.networks import views

app_name = "networks"
urlpatterns = [
    path("my-page/around/", views.around, name="around"),
    path("my-page/around/add/", views.add, name="add"),
    path("my-page/around/<uuid:key>/", views.change, name="change"),
    path("my-page/around/<uuid:key>/take-out/", views.take_out, name="take_out"),
]
