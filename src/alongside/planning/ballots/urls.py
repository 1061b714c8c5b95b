"""Addresses of ballots: choose, cast, and look a receipt up."""

from django.urls import path

from alongside.planning.ballots import helped, views

app_name = "ballots"
urlpatterns = [
    path("decide/choosing/", views.how, name="how"),
    path("decide/<uuid:key>/choose/", views.choose, name="choose"),
    path("decide/<uuid:key>/choose/check/", views.check, name="check"),
    path("decide/<uuid:key>/choose/cast/", views.cast, name="cast"),
    path("decide/<uuid:key>/choose/done/", views.receipt, name="receipt"),
    path("decide/<uuid:key>/choose/receipt/", views.look_up, name="look_up"),
    path("decide/<uuid:key>/not-me/", helped.mine, name="not_me"),
    path("decide/<uuid:key>/helped/", helped.everybody, name="helped"),
]
