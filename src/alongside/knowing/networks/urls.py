"""Addresses of who is around me."""

from django.urls import path

from alongside.knowing.networks import days_views, views

app_name = "networks"
urlpatterns = [
    path("my-page/around/", views.around, name="around"),
    path("my-page/around/add/", views.add, name="add"),
    path("my-page/around/days/", days_views.keep, name="keep"),
    path("my-page/around/days/<str:day>/", days_views.then, name="then"),
    path("my-page/around/days/<str:day>/let-go/", days_views.let_go, name="let_go"),
    path("my-page/around/<uuid:key>/", views.change, name="change"),
    path("my-page/around/<uuid:key>/take-out/", views.take_out, name="take_out"),
]
