"""Routes of the people who run a brand."""

from django.urls import path

from panel.brandadmin import customers, dashboard, domains, look, prices

app_name = "brandadmin"
urlpatterns = [
    path("", dashboard.overview, name="dashboard"),
    path("customers/", customers.customer_list, name="customers"),
    path("customers/new/", customers.new_customer, name="new-customer"),
    path("customers/<slug:public_id>/", customers.customer, name="customer"),
    path("domains/", domains.domain_list, name="domains"),
    path("prices/", prices.price_list, name="prices"),
    path("prices/<str:tld_name>/", prices.extension, name="price"),
    path("look/", look.look, name="look"),
]
