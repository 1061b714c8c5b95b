"""Addresses of what is offered, and of offering."""

from django.urls import path

from alongside.knowing.assets import changes, note_views, offering, tapping, views, welcoming

app_name = "assets"
urlpatterns = [
    path("offer/", offering.offer, name="offer"),
    path("offer/group/", offering.group, name="offer_group"),
    path("offer/business/", offering.business, name="offer_business"),
    path("offer/welcome/", welcoming.welcome_here, name="welcome_here"),
    path("no-signal/", note_views.page, name="no_signal"),
    path("no-signal/kept/", note_views.kept_page, name="no_signal_kept"),
    path("no-signal/worker.js", note_views.worker, name="no_signal_worker"),
    path("no-signal/whose/", note_views.whose, name="no_signal_whose"),
    path("no-signal/send/", note_views.send, name="no_signal_send"),
    path("a/<uuid:key>/", views.asset, name="asset"),
    path("a/<uuid:key>/card/", welcoming.card, name="card"),
    path("a/<uuid:key>/what/", offering.what, name="what"),
    path("a/<uuid:key>/when/", offering.when, name="when"),
    path("a/<uuid:key>/where/", offering.where, name="where"),
    path("a/<uuid:key>/helps/", offering.helps, name="helps"),
    path("a/<uuid:key>/uses/", offering.uses, name="uses"),
    path("a/<uuid:key>/check/", offering.check, name="check"),
    path("a/<uuid:key>/changes/", changes.history, name="changes"),
    path("a/<uuid:key>/changes/<int:n>/back/", changes.restore, name="restore"),
    path("changes/", changes.waiting, name="waiting"),
    path("changes/<int:version>/", changes.look, name="look_over"),
    path("a/<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    path("a/<uuid:key>/confirm/", views.confirm, name="confirm"),
    path("a/<uuid:key>/pause/", tapping.pause, name="pause"),
    path("a/<uuid:key>/room/", tapping.room, name="room"),
]
