"""Routes of the operator's staff."""

from django.urls import path

from panel.backoffice import (
    accounts,
    assignment,
    brands,
    connection,
    customer,
    customers,
    dashboard,
    domain,
    domains,
    health,
    imports,
    operation,
    operations,
    prices,
)

app_name = "office"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("operations/", operations.operations, name="operations"),
    path("operations/bulk/", operations.operations_bulk, name="operations-bulk"),
    path("operations/<slug:public_id>/", operation.operation, name="operation"),
    path("operations/<slug:public_id>/decide/", operation.operation_decide, name="operation-decide"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", connection.account_new, name="account-new"),
    path("accounts/test/<slug:public_id>/", connection.connection_test, name="connection-test"),
    path("accounts/calls/<int:pk>/", accounts.exchange, name="exchange"),
    path("accounts/<slug:public_id>/", accounts.account, name="account"),
    path(
        "accounts/<slug:public_id>/credentials/", connection.account_credentials, name="account-credentials"
    ),
    path("accounts/<slug:public_id>/test/", connection.account_test, name="account-test"),
    path("accounts/<slug:public_id>/calls/", accounts.account_exchanges, name="account-exchanges"),
    path("accounts/<slug:public_id>/import/", imports.account_import, name="import"),
    path("accounts/<slug:public_id>/do/<slug:action>/", accounts.account_action, name="account-action"),
    path("customers/", customers.customers, name="customers"),
    path("customers/brands/", brands.brands, name="brands"),
    path("customers/brands/new/", brands.brand_new, name="brand-new"),
    path("customers/brands/<slug:slug>/", brands.brand, name="brand"),
    path("customers/new/", customers.customer_new, name="customer-new"),
    path("customers/<slug:public_id>/", customer.customer, name="customer"),
    path("customers/<slug:public_id>/wallet/", customer.customer_top_up, name="customer-top-up"),
    path("customers/<slug:public_id>/credit/", customer.customer_credit, name="customer-credit"),
    path("customers/<slug:public_id>/invite/", customer.customer_invite, name="customer-invite"),
    path("customers/<slug:public_id>/members/<int:pk>/remove/", customer.member_remove, name="member-remove"),
    path("domains/", domains.domains, name="domains"),
    path("domains/assign/", domains.domains_assign, name="domains-assign"),
    path("domains/assign/file/", assignment.assignment, name="assignment"),
    path("domains/<str:name>/", domain.domain, name="domain"),
    path("domains/<str:name>/refresh/", domain.domain_refresh, name="domain-refresh"),
    path("prices/", prices.prices, name="prices"),
    path("prices/<slug:brand>/", prices.prices, name="brand-prices"),
    path("prices/<slug:brand>/<str:tld_name>/", prices.extension, name="price"),
    path("health/", health.health, name="health"),
]
