"""Routes."""

app_name = "brandadmin"
urlpatterns: list = []
