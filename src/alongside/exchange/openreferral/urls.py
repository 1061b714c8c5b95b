"""Addresses of the feed. They stand without a slash at the end, as the standard writes them."""

from django.urls import path

from alongside.exchange.openreferral import views

app_name = "openreferral"
urlpatterns = [
    path("open-referral/", views.about, name="about"),
    path("open-referral/openapi.json", views.openapi, name="openapi"),
    path("open-referral/services", views.services, name="services"),
    path("open-referral/services/<str:public_id>", views.service, name="service"),
    path("open-referral/service_at_locations", views.places, name="places"),
    path("open-referral/service_at_locations/<str:public_id>", views.place, name="place"),
    path("open-referral/organizations", views.organisations, name="organisations"),
    path("open-referral/organizations/<str:public_id>", views.organisation, name="organisation"),
    path("open-referral/taxonomies", views.taxonomies, name="taxonomies"),
    path("open-referral/taxonomies/<str:public_id>", views.taxonomy, name="taxonomy"),
    path("open-referral/taxonomy_terms", views.taxonomy_terms, name="taxonomy_terms"),
    path("open-referral/taxonomy_terms/<str:public_id>", views.taxonomy_term, name="taxonomy_term"),
    path("open-referral/gone", views.gone_since, name="gone"),
]
