"""Customers' routes, one list per noun."""

from django.urls import path

from panel.selfservice import (
    cart,
    checkout,
    contacts,
    domain_keys,
    domain_owner,
    domain_settings,
    domains,
    find,
    gone,
    handovers,
    hosting,
    jobs,
    operations,
    orders,
    renewals,
    search,
    security,
    sharing,
    transfer_changes,
    transfers,
    wallet,
    zone_tools,
    zones,
)

domain_routes = [
    path("", domains.home, name="home"),
    path("domains/", domains.domain_list, name="domains"),
    path("domains/gone/", gone.gone, name="gone"),
    path("domains/<str:name>/", domains.domain_page, name="domain"),
    path("domains/<str:name>/refresh/", domains.refresh, name="domain-refresh"),
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
    path("domains/<str:name>/privacy/", domain_owner.privacy, name="domain-privacy"),
    path("domains/<str:name>/restore/", domain_owner.restore, name="domain-restore"),
    path("domains/<str:name>/delete/", domain_owner.delete, name="domain-delete"),
    path("domains/<str:name>/hand-over/", handovers.hand_over, name="domain-hand-over"),
    path("domains/<str:name>/glue/", domain_keys.glue, name="domain-glue"),
    path("domains/<str:name>/dnssec/", domain_keys.dnssec, name="domain-dnssec"),
    path("domains/<str:name>/whois/", domain_keys.whois, name="domain-whois"),
    path("hosting/", hosting.plans, name="hosting"),
    path("domains/<str:name>/hosting/", hosting.overview, name="domain-hosting"),
    path("domains/<str:name>/hosting/plan/", hosting.plan, name="domain-hosting-plan"),
    path("domains/<str:name>/hosting/log/", hosting.log, name="domain-hosting-log"),
    path("domains/<str:name>/hosting/builder/", hosting.builder, name="domain-hosting-builder"),
    path("domains/<str:name>/hosting/parking/", hosting.parking, name="domain-hosting-parking"),
    path("domains/<str:name>/hosting/<slug:slug>/", hosting.items, name="domain-hosting-items"),
    path(
        "domains/<str:name>/hosting/<slug:slug>/<slug:public_id>/", hosting.item, name="domain-hosting-item"
    ),
    path("domains/<str:name>/access/", sharing.domain_access, name="domain-access"),
]

zone_routes = [
    path("domains/<str:name>/dns/", zones.zone, name="domain-dns"),
    path("domains/<str:name>/dns/record/", zones.record, name="domain-dns-record"),
    path("domains/<str:name>/dns/drop/", zones.drop, name="domain-dns-drop"),
    path("domains/<str:name>/dns/restore/", zones.restore, name="domain-dns-restore"),
    path("domains/<str:name>/dns/discard/", zones.discard, name="domain-dns-discard"),
    path("domains/<str:name>/dns/review/", zones.review, name="domain-dns-review"),
    path("domains/<str:name>/dns/decide/", zones.decide, name="domain-dns-decide"),
    path("domains/<str:name>/dns/again/", zones.again, name="domain-dns-again"),
    path("domains/<str:name>/dns/versions/", zones.versions, name="domain-dns-versions"),
    path("domains/<str:name>/dns/undo/", zones.undo, name="domain-dns-undo"),
    path("domains/<str:name>/dns/reset/", zone_tools.reset, name="domain-dns-reset"),
    path("domains/<str:name>/dns/served/", zone_tools.served, name="domain-dns-served"),
    path("domains/<str:name>/dns/templates/", zone_tools.presets, name="domain-dns-presets"),
    path("domains/<str:name>/dns/templates/<slug:slug>/", zone_tools.preset, name="domain-dns-preset"),
    path("domains/<str:name>/dns/import/", zone_tools.import_file, name="domain-dns-import"),
    path("domains/<str:name>/dns/export/", zone_tools.export, name="domain-dns-export"),
    path("dns/replace/", zone_tools.replace, name="dns-replace"),
    path("dns/templates/<slug:slug>/", zone_tools.preset_in_many, name="dns-preset"),
]

handover_routes = [
    path("offers/", handovers.offers, name="handovers"),
    path("offers/<slug:public_id>/", handovers.answer, name="handover"),
]

job_routes = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/new/", jobs.job_new, name="job-new"),
    path("jobs/start/", jobs.job_start, name="job-start"),
    path("jobs/<slug:public_id>/", jobs.job, name="job"),
    path("jobs/<slug:public_id>/cancel/", jobs.job_cancel, name="job-cancel"),
]

contact_routes = [
    path("contacts/", contacts.contact_list, name="contacts"),
    path("contacts/new/", contacts.contact_new, name="contact-new"),
    path("contacts/fields/", contacts.contact_fields, name="contact-fields"),
    path("contacts/<slug:public_id>/", contacts.contact_page, name="contact"),
    path("contacts/<slug:public_id>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<slug:public_id>/delete/", contacts.contact_delete, name="contact-delete"),
    path("contacts/<slug:public_id>/confirm/", contacts.contact_confirm, name="contact-confirm"),
]

sharing_routes = [
    path("shared/", sharing.shared, name="shared"),
    path("access/", sharing.access, name="access"),
    path("access/new/", sharing.access_new, name="access-new"),
    path("access/<slug:public_id>/", sharing.grant, name="grant"),
    path("access/<slug:public_id>/invite/", sharing.grant_invite, name="grant-invite"),
    path("access/<slug:public_id>/revoke/", sharing.grant_revoke, name="grant-revoke"),
]

renewal_routes = [
    path("renewals/", renewals.renewals, name="renewals"),
    path("renewals/new-names/", renewals.new_names, name="renewals-new-names"),
]

wallet_routes = [path("wallet/", wallet.wallet, name="wallet")]

person_routes = [
    path("find/", find.find, name="find"),
    path("operations/<slug:public_id>/", operations.operation_page, name="operation"),
    path("security/", security.security, name="security"),
    path("switch-customer/", security.switch_customer, name="switch-customer"),
]

search_routes = [
    path("search/", search.search, name="search"),
    path("search/<slug:public_id>/", search.results, name="search-results"),
    path("search/<slug:public_id>/more/", search.more, name="search-more"),
    path("search/<slug:public_id>/again/", search.again, name="search-again"),
]

cart_routes = [
    path("cart/", cart.cart, name="cart"),
    path("cart/add/", cart.add, name="cart-add"),
    path("cart/remove/", cart.remove, name="cart-remove"),
    path("cart/years/", cart.years, name="cart-years"),
    path("cart/review/", checkout.checkout, name="checkout"),
]

transfer_routes = [
    path("transfers/new/", transfers.new, name="transfer"),
    path("transfers/<slug:public_id>/", transfers.batch, name="transfer-batch"),
    path("transfers/<slug:public_id>/order/", transfers.order, name="transfer-order"),
    path("transfers/<slug:public_id>/again/", transfers.again, name="transfer-again"),
    path("domains/<str:name>/transfer/", transfer_changes.restart, name="domain-transfer"),
    path("domains/<str:name>/transfer/cancel/", transfer_changes.call_off, name="domain-transfer-cancel"),
]

order_routes = [
    path("orders/", orders.orders, name="orders"),
    path("orders/<slug:public_id>/", orders.order, name="order"),
]

urlpatterns = [
    *domain_routes,
    *zone_routes,
    *handover_routes,
    *job_routes,
    *contact_routes,
    *sharing_routes,
    *renewal_routes,
    *wallet_routes,
    *person_routes,
    *search_routes,
    *cart_routes,
    *order_routes,
    *transfer_routes,
]
