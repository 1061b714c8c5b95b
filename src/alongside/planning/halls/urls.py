"""Addresses of deciding in a hall."""

from django.urls import path

from alongside.planning.halls import views

app_name = "halls"
urlpatterns = [
    path("decide/hall/", views.evening, name="evening"),
    path("decide/hall/sheet/", views.sheet, name="sheet"),
    path("decide/hall/<uuid:key>/", views.page, name="page"),
]
