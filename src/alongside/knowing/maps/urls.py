"""Addresses of communities' maps."""

from django.urls import path

from alongside.knowing.maps import views

app_name = "maps"
urlpatterns = [
    path("p/<uuid:key>/map/", views.start, name="start"),
    path("m/<uuid:key>/", views.page, name="page"),
    path("m/<uuid:key>/tend/", views.tend, name="tend"),
    path("m/steward/<uuid:key>/", views.steward, name="steward"),
    path("m/pin/<uuid:key>/", views.pin, name="pin"),
]
