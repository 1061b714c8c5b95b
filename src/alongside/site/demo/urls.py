"""The address of one-use links in the invented place."""

from django.urls import path

from alongside.site.demo import views

app_name = "demo"
urlpatterns = [path("demo/<str:token>/", views.sign_in_as, name="sign_in")]
