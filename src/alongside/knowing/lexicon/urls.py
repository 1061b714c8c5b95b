"""Addresses of the lexicon kit."""

from django.urls import path

from alongside.knowing.lexicon import views

app_name = "lexicon"
urlpatterns = [
    path("a/<uuid:key>/helps-with/", views.helps, name="helps"),
    path("staff/what-matters/", views.book, name="book"),
    path("staff/what-matters/new/", views.new, name="new"),
    path("staff/what-matters/things/<uuid:key>/", views.serves, name="serves"),
    path("staff/what-matters/phrases/<int:number>/take-out/", views.take_out, name="take_out"),
    path("staff/what-matters/<slug:concept>/", views.concept, name="concept"),
]
