"""Addresses of what this place has and wants."""

from django.urls import path

from alongside.knowing.assessment import views

app_name = "assessment"
urlpatterns = [
    path("place/", views.place, name="place"),
    path("place/figures.json", views.figures, name="figures"),
    path("place/how-much/", views.how_much, name="how_much"),
    path("place/how-much.json", views.how_much_as_data, name="how_much_data"),
    path("place/five-ways/", views.five_ways, name="ways"),
    path("place/five-ways/<slug:way>/<slug:holders>/", views.one_way, name="way"),
    path("place/<slug:kind>/<str:code>/", views.area, name="area"),
]
