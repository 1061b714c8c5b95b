"""Addresses of the services kit."""

from django.urls import path

from alongside.exchange.services import own, views

app_name = "services"
urlpatterns = [
    path("staff/lists/", views.lists, name="lists"),
    path("staff/lists/new/", views.new, name="new"),
    path("staff/lists/loads/<uuid:key>/", views.run, name="run"),
    path("staff/lists/loads/<uuid:key>/bring-in/", views.bring_in, name="bring_in"),
    path("staff/lists/loads/<uuid:key>/rejects.json", views.rejects, name="rejects"),
    path("staff/lists/<uuid:key>/switch/", views.switch, name="switch"),
    path("staff/lists/<uuid:key>/fetch/", views.fetch, name="fetch"),
    path("staff/lists/<uuid:key>/contacts/", views.contacts, name="contacts"),
    path("our-list/", own.ours, name="ours"),
    path("our-list/<uuid:key>/", own.run, name="own_run"),
]
