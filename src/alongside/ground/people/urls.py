"""Addresses of the people kit; the site joins those of the pages kit to them, all as `people:`."""

from django.urls import path

from alongside.ground.people import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/code/again/", views.code_again, name="code_again"),
    path("sign-in/card/", views.card_sign_in, name="card_sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("forget-this-device/", views.forget, name="forget_device"),
    path("forgotten/", views.forgotten, name="forgotten"),
    path("leave-quickly/", views.leave_quickly, name="leave_quickly"),
]
