"""Customers' routes, one list per noun."""

from django.urls import path

from panel.selfservice import cart, checkout, orders, search

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

order_routes = [
    path("orders/", orders.orders, name="orders"),
    path("orders/<slug:public_id>/", orders.order, name="order"),
]

urlpatterns = [
    *search_routes,
    *cart_routes,
    *order_routes,
]
