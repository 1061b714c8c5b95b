"""Addresses of likely duplicates."""

from django.urls import path

from alongside.knowing.duplicates import views

app_name = "duplicates"
urlpatterns = [
    path("staff/same/", views.lists, name="lists"),
    path("same/<uuid:key>/", views.pair, name="pair"),
]
