"""The address of a note for one's own surgery."""

from django.urls import path

from alongside.exchange.surgery import views

app_name = "surgery"
urlpatterns = [path("my-page/note-for-my-surgery/", views.note, name="note")]
