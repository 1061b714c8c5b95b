"""Every address of the site, kit by kit."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.ground.pages import urls as pages
from alongside.ground.people import urls as people
from alongside.site import views

handler400 = views.bad_request
handler403 = views.refused
handler404 = views.not_found

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("short-words/", views.short_words, name="short_words"),
    path("gallery/", views.gallery, name="gallery"),
    path("how-this-works/", views.how, name="how"),
    path("your-privacy/", views.privacy, name="privacy"),
    path("access-help/", views.access, name="access"),
    path("", include("alongside.site.demo.urls")),
    path("", include(([*people.urlpatterns, *pages.urlpatterns], "people"))),
    path("", include("alongside.ground.people.account_urls")),
    path("", include("alongside.ground.notices.urls")),
    path("", include("alongside.ground.records.urls")),
    path("", include("alongside.ground.consent.urls")),
    path("", include("alongside.ground.worries.urls")),
    path("", include("alongside.ground.helping.urls")),
    path("", include("alongside.ground.tokens.urls")),
    path("", include("alongside.planning.complementary.urls")),
    path("", include("alongside.knowing.assessment.urls")),
    path("", include("alongside.knowing.assets.urls")),
    path("", include("alongside.knowing.freshness.urls")),
    path("", include("alongside.knowing.lexicon.urls")),
    path("", include("alongside.knowing.search.urls")),
    path("", include("alongside.knowing.maps.urls")),
    path("", include("alongside.knowing.workshops.urls")),
    path("", include("alongside.knowing.duplicates.urls")),
    path("", include("alongside.knowing.outcomes.urls")),
    path("", include("alongside.knowing.barriers.urls")),
    path("", include("alongside.knowing.networks.urls")),
    path("", include("alongside.knowing.gifts.urls")),
    path("", include("alongside.planning.plans.urls")),
    path("", include("alongside.planning.asking.urls")),
    path("", include("alongside.planning.decisions.urls")),
    path("", include("alongside.planning.ideas.urls")),
    path("", include("alongside.planning.answers.urls")),
    path("", include("alongside.planning.lotteries.urls")),
    path("", include("alongside.planning.rolls.urls")),
    path("", include("alongside.planning.ballots.urls")),
    path("", include("alongside.planning.papers.urls")),
    path("", include("alongside.planning.halls.urls")),
    path("", include("alongside.planning.results.urls")),
    path("", include("alongside.doing.connecting.urls")),
    path("", include("alongside.exchange.services.urls")),
    path("", include("alongside.exchange.maps.urls")),
    path("", include("alongside.exchange.recount.urls")),
    path("", include("alongside.exchange.surgery.urls")),
    path("", include("alongside.exchange.bothways.urls")),
    path("", include("alongside.api.urls")),
    path("", include("alongside.exchange.openreferral.urls")),
    path("", include("alongside.exchange.validating.urls")),
]
