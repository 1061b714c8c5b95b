"""Addresses of the plans kit."""

from django.urls import path

from alongside.planning.plans import about, adding, going, making, views

app_name = "plans"
urlpatterns = [
    path("my-page/", views.my_page, name="my_page"),
    path("my-page/asked/<uuid:key>/", views.asked, name="asked"),
    path("my-page/plan/", views.plan, name="plan"),
    path("my-page/plan/share/", views.share, name="share"),
    path("my-page/plan/take-back/", views.take_back, name="take_back"),
    path("my-page/plan/want/", making.want, name="want"),
    path("my-page/plan/order/", making.order, name="order"),
    path("my-page/plan/ideas/<uuid:key>/", making.ideas, name="ideas"),
    path("my-page/plan/about/<uuid:key>/", about.about, name="about"),
    path("my-page/plan/who/", making.who, name="who"),
    path("my-page/plan/going/", going.going, name="going"),
    path("my-page/plan/before/", going.before, name="before"),
    path("my-page/plan/check/", making.check, name="check"),
    path("my-page/plan/add/<uuid:key>/", adding.add, name="add"),
    path("my-page/plan/ask/<slug:page>/", making.question, name="question"),
    path("plan/<uuid:key>/", views.shared, name="shared"),
]
