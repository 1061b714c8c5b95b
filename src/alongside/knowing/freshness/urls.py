"""Addresses of "is it still so?"."""

from django.urls import path

from alongside.knowing.freshness import views

app_name = "freshness"
urlpatterns = [
    path("still-so/", views.code, name="code"),
    path("still-so/texts/", views.texts, name="texts"),
    path("still-so/<str:token>/", views.answer, name="answer"),
]
