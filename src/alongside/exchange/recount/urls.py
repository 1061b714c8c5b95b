"""Addresses of recounts."""

from django.urls import path

from alongside.exchange.recount import views

app_name = "recount"
urlpatterns = [path("decide/<uuid:key>/result/choices/", views.choices, name="choices")]
