"""Addresses of the connecting kit."""

from django.urls import path

from alongside.doing.connecting import views

app_name = "connecting"
urlpatterns = [
    path("introductions/", views.mine, name="mine"),
    path("introductions/wishes/", views.waiting_wishes, name="wishes"),
    path("introductions/<uuid:key>/", views.one, name="one"),
    path("introduce/<uuid:key>/", views.for_wish, name="for_wish"),
    path("introduce/<uuid:wish>/<uuid:asset>/", views.propose, name="propose"),
    path("a/<uuid:key>/wishes/", views.for_asset, name="for_asset"),
]
