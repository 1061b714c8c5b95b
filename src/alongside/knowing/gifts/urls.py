"""Addresses of what I can do, know and lend."""

from django.urls import path

from alongside.knowing.gifts import views

app_name = "gifts"
urlpatterns = [
    path("my-page/gifts/", views.mine, name="mine"),
    path("my-page/gifts/<slug:key>/", views.part, name="part"),
    path("gifts/sheet/", views.sheet, name="sheet"),
]
