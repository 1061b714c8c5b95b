"""Addresses of the roll: a place on it, vouching, and for those who keep it lists and codes."""

from django.urls import path

from alongside.planning.rolls import affected_views, views

app_name = "rolls"
urlpatterns = [
    path("decide/<uuid:key>/place/", views.place, name="place"),
    path("decide/<uuid:key>/vouch/", views.vouch, name="vouch"),
    path("decide/<uuid:key>/roll/", views.roll, name="roll"),
    path("decide/<uuid:key>/roll/codes/", views.codes, name="codes"),
    path("decide/<uuid:key>/roll/codes/list/", views.codes_for_list, name="codes_for_list"),
    path("decide/<uuid:key>/roll/members/", views.put_members, name="put_members"),
    path("decide/<uuid:key>/affected/", affected_views.affected, name="affected"),
    path("decide/<uuid:key>/roll/confirm/", affected_views.confirm, name="confirm"),
    path("decide/<uuid:key>/roll/tell-apart/", views.tell_apart, name="tell_apart"),
    path("decide/<uuid:key>/roll/take-back/", views.take_back, name="take_back"),
]
