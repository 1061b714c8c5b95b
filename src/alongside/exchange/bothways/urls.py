"""The address of the page that counts a file both ways."""

from django.urls import path

from alongside.exchange.bothways import views

app_name = "bothways"
urlpatterns = [path("decide/both-ways/", views.page, name="page")]
