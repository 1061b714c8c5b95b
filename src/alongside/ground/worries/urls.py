"""Addresses of the worries kit."""

from django.urls import path

from alongside.ground.worries import views

app_name = "worries"
urlpatterns = [
    path("worry/", views.raise_, name="raise"),
    path("worry/received/", views.received, name="received"),
    path("worry/<uuid:key>/", views.mine, name="mine"),
    path("desk/worries/", views.desk, name="desk"),
    path("desk/worries/<uuid:key>/", views.one, name="one"),
    path("desk/worries/<uuid:key>/take/", views.take_it, name="take"),
]
