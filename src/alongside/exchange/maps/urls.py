"""Addresses of maps' files, of calendars, and of bringing things in."""

from django.urls import path

from alongside.exchange.maps import views

app_name = "carried"
urlpatterns = [
    path("m/<uuid:key>/files/<slug:kind>/", views.file, name="file"),
    path("what-is-on.ics", views.what_is_on, name="what_is_on"),
    path("p/<uuid:key>/what-is-on.ics", views.of_party, name="of_party"),
    path("a/<uuid:key>/what-is-on.ics", views.of_asset, name="of_asset"),
    path("bring/template.<slug:kind>", views.template, name="template"),
    path("p/<uuid:key>/bring/", views.bring, name="bring"),
    path("bring/<uuid:key>/", views.bringing, name="bringing"),
]
