"""Addresses of mapping workshops, and of what is asked about their cards."""

from django.urls import path

from alongside.knowing.workshops import answer_views, group_views, paper_views, people_views, views

app_name = "workshops"
urlpatterns = [
    path("p/<uuid:key>/workshops/", views.all_of, name="all"),
    path("workshop/<uuid:key>/", views.typing, name="typing"),
    path("workshop/<uuid:key>/card/<uuid:card>/", views.mend, name="mend"),
    path("workshop/<uuid:key>/people/", people_views.people, name="people"),
    path("workshop/<uuid:key>/people/<uuid:guest>/", answer_views.say, name="say"),
    path("workshop/<uuid:key>/print/", paper_views.sheets, name="print"),
    path("workshop/<uuid:key>/letters/", paper_views.letters, name="letters"),
    path("workshop/<uuid:key>/what-now/", paper_views.together, name="together"),
    path("p/<uuid:key>/workshop-cards/", group_views.asked, name="asked"),
    path("workshop-cards/<str:token>/", answer_views.answer, name="answer"),
]
