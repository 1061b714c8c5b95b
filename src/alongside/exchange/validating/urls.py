"""The address of the page that judges a list."""

from django.urls import path

from alongside.exchange.validating import views

app_name = "validating"
urlpatterns = [path("check-a-list/", views.check, name="check")]
