"""Every address of the site, kit by kit."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.site.demo.urls")),
    path("", include("alongside.ground.people.urls")),
    path("", include("alongside.ground.people.account_urls")),
    path("", include("alongside.ground.notices.urls")),
    path("", include("alongside.ground.records.urls")),
]
