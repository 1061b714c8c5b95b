"""Addresses of the pages kit; the site joins them to those of the people kit, as `people:`."""

from django.urls import path

from alongside.ground.pages import edges, views, whose

urlpatterns = [
    path("p/<uuid:key>/", views.party, name="party"),
    path("p/<uuid:key>/join/", views.join_group, name="join"),
    path("p/<uuid:key>/keep/", views.keep, name="keep"),
    path("p/<uuid:key>/edge/", edges.edge, name="edge"),
    path("p/<uuid:key>/invite/", views.invite, name="invite"),
    path("p/<uuid:key>/members/<uuid:membership>/out/", views.take_out, name="take_out"),
    path("p/<uuid:key>/block/", views.block_party, name="block"),
    path("p/<uuid:key>/unblock/", views.unblock_party, name="unblock"),
    path("groups/", views.groups, name="groups"),
    path("groups/new/", views.new_group, name="new_group"),
    path("groups/<uuid:key>/mine/", views.my_membership, name="my_membership"),
    path("me/", views.me, name="me"),
    path("me/blocks/", views.blocks, name="blocks"),
    path("me/pause/", views.pause_mine, name="pause"),
    path("me/leave/", views.leave_alongside, name="leave"),
    path("me/take-away/", views.take_away, name="take_away"),
    path("is-this-yours/", whose.whose, name="whose"),
    path("open-again/", whose.again, name="open_again"),
    path("gone/", views.gone, name="gone"),
    path("stop-helping/", views.stop_helping, name="stop_helping"),
]
