"""The people, customers and brands of the demo."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from panel.billing import ledger
from panel.billing.models import Entry, PriceRule, Rounding
from panel.billing.pricing import price_list_of
from panel.brand.models import Brand, BrandHost
from panel.brand.services import forget_brands, operator_brand
from panel.contact.models import Contact
from panel.people.demo import DEMO_PASSWORD
from panel.people.models import BrandMembership, Customer, Membership, Role, User

# name | brand | e-mail | wallet
CUSTOMERS = (
    ("Cedar Studio", "nameward", "office@cedar-studio.example", "480.00"),
    ("Birch & Sons Bakery", "nameward", "hello@birch-bakery.example", "60.00"),
    ("Atelier Fournier", "nameward", "bonjour@atelier-fournier.example", "125.50"),
    ("Rowan Books", "alder", "desk@rowan-books.example", "210.00"),
    ("Hazel Cycling Club", "alder", "club@hazel-cycling.example", "35.00"),
)
STAFF = "staff@demo.test"
# e-mail | name | customer | role
MEMBERS = (
    ("customer@demo.test", "Clara Reyes", "Cedar Studio", Role.OWNER),
    ("colleague@demo.test", "Noah Lind", "Cedar Studio", Role.READER),
    ("stranger@demo.test", "Iris Novak", "Birch & Sons Bakery", Role.OWNER),
    ("reader@demo.test", "Rose Keane", "Rowan Books", Role.OWNER),
)


def demo_user(email: str, name: str, *, is_staff: bool = False) -> User:
    """A person whose password is printed on the screen. Raises ImproperlyConfigured outside demo mode."""
    if not (settings.DEMO and settings.SANDBOX_ALLOWED):
        raise ImproperlyConfigured("Demo people exist in demo mode only (DEMO=1 and DEBUG=1).")
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, DEMO_PASSWORD, name=name, is_staff=is_staff, is_demo=True)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def make_brands() -> dict[str, Brand]:
    """The operator's brand and Alder Hosting on alder.localhost."""
    operator = operator_brand()
    Brand.objects.filter(pk=operator.pk).update(support_email="support@nameward.example")
    alder, _created = Brand.objects.get_or_create(
        slug="alder",
        defaults={
            "name": "Alder Hosting",
            "monogram": "A",
            "support_email": "help@alder-hosting.example",
            "sender_name": "Alder Hosting",
            "hue": 155,
            "chroma": 11,
        },
    )
    BrandHost.objects.get_or_create(name="alder.localhost", defaults={"brand": alder})
    forget_brands()
    prices = price_list_of(alder)
    if prices.margin_percent == Decimal(25):
        prices.margin_percent, prices.rounding = Decimal(40), Rounding.NINETY_NINE
        prices.save()
    PriceRule.objects.get_or_create(
        price_list=price_list_of(operator), tld_name="com", defaults={"margin_percent": Decimal(18)}
    )
    return {"nameward": operator, "alder": alder}


def make_customers(brands: dict[str, Brand]) -> dict[str, Customer]:
    """Customers with something in their wallets, and the people who act for them."""
    customers: dict[str, Customer] = {}
    for name, brand, email, money in CUSTOMERS:
        customer, created = Customer.objects.get_or_create(
            name=name, defaults={"brand": brands[brand], "email": email}
        )
        customers[name] = customer
        if created:
            key = f"demo:{customer.public_id}"
            entry = ledger.top_up(
                customer, Decimal(money), reason="Bank transfer", actor=None, idempotency_key=key
            )
            Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=9))
    for email, name, customer_name, role in MEMBERS:
        Membership.objects.get_or_create(
            user=demo_user(email, name), customer=customers[customer_name], defaults={"role": role}
        )
    BrandMembership.objects.get_or_create(
        user=demo_user("brand@demo.test", "Alma Ortiz"), brand=brands["alder"]
    )
    demo_user(STAFF, "Sam Okafor", is_staff=True)
    return customers


def make_contacts(customers: dict[str, Customer]) -> None:
    """A contact book that is ready to order with."""
    cedar = customers["Cedar Studio"]
    if cedar.contacts.exists():
        return
    Contact.objects.create(
        customer=cedar,
        first_name="Clara",
        last_name="Reyes",
        identification="45871236J",
        email="clara@cedar-studio.example",
        phone="+34.612445870",
        address="Calle de Fuencarral 41",
        postal_code="28004",
        city="Madrid",
        state="Madrid",
        country="ES",
    )
    Contact.objects.create(
        customer=cedar,
        type=Contact.Type.ORGANIZATION,
        first_name="Noah",
        last_name="Lind",
        organization="Cedar Studio SARL",
        identification="FR40303265045",
        email="bureau@cedar-studio.example",
        phone="+33.478391145",
        address="12 rue des Tanneurs",
        postal_code="69002",
        city="Lyon",
        state="Rhône",
        country="FR",
    )
    Contact.objects.create(
        customer=customers["Rowan Books"],
        first_name="Rose",
        last_name="Keane",
        identification="KEANE850711",
        email="rose@rowan-books.example",
        phone="+44.2920180046",
        address="31 Cathedral Road",
        postal_code="CF11 9HB",
        city="Cardiff",
        state="Cardiff",
        country="GB",
    )
