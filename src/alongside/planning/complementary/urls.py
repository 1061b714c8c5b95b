"""The address of what one more would do."""

from django.urls import path

from alongside.planning.complementary import views

app_name = "complementary"
urlpatterns = [path("place/one-more/", views.place, name="place")]
