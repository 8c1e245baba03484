"""Routes of the people who run a brand."""

from django.urls import path

from panel.brandadmin import (
    customers,
    dashboard,
    domain,
    domain_keys,
    domain_owner,
    domain_settings,
    domains,
    gone,
    look,
    prices,
    renewals,
)

app_name = "brandadmin"
urlpatterns = [
    path("", dashboard.overview, name="dashboard"),
    path("customers/", customers.customer_list, name="customers"),
    path("customers/new/", customers.new_customer, name="new-customer"),
    path("customers/<slug:public_id>/", customers.customer, name="customer"),
    path("domains/", domains.domain_list, name="domains"),
    path("domains/gone/", gone.gone, name="gone"),
    path("domains/<str:name>/", domain.domain, name="domain"),
    path("domains/<str:name>/refresh/", domain.refresh, name="domain-refresh"),
    path("domains/<str:name>/turn/<slug:slug>/", domain_settings.turn, name="domain-turn"),
    path("domains/<str:name>/nameservers/", domain_settings.nameservers, name="domain-nameservers"),
    path("domains/<str:name>/contacts/", domain_settings.contacts, name="domain-contacts"),
    path("domains/<str:name>/auth-code/", domain_settings.auth_code, name="domain-auth-code"),
    path("domains/<str:name>/renew/", domain_settings.renew, name="domain-renew"),
    path("domains/<str:name>/tags/", domain_settings.tags, name="domain-tags"),
    path("domains/<str:name>/history/", domain_settings.history, name="domain-history"),
    path("domains/<str:name>/history/read/", domain_settings.history_read, name="domain-history-read"),
    path("domains/<str:name>/owner/", domain_owner.owner, name="domain-owner"),
    path("domains/<str:name>/confirm/", domain_owner.confirm, name="domain-confirm"),
    path("domains/<str:name>/restore/", domain_owner.restore, name="domain-restore"),
    path("domains/<str:name>/delete/", domain_owner.delete, name="domain-delete"),
    path("domains/<str:name>/glue/", domain_keys.glue, name="domain-glue"),
    path("domains/<str:name>/dnssec/", domain_keys.dnssec, name="domain-dnssec"),
    path("domains/<str:name>/whois/", domain_keys.whois, name="domain-whois"),
    path("renewals/", renewals.renewals, name="renewals"),
    path("prices/", prices.price_list, name="prices"),
    path("prices/<str:tld_name>/", prices.extension, name="price"),
    path("look/", look.look, name="look"),
]
