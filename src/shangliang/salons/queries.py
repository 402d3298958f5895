"""Reading salons: who came by role and number, and points by kind."""

from django.db.models import Count, Q

from .models import Guest, Point


def seats(salon) -> list[tuple]:
    """(role in words, invited, attended) in the order of the roles; nobody is named."""
    rows = Guest.objects.filter(salon=salon).values("role").order_by("role")
    found = {
        row["role"]: (row["invited"], row["attended"])
        for row in rows.annotate(invited=Count("pk"), attended=Count("pk", filter=Q(attended=True)))
    }
    return [(role.label, *found[role]) for role in Guest.Role if role in found]


def points_by_kind(salon) -> list[tuple]:
    """(kind in words, its points in their order), kinds without points left out."""
    points = list(Point.objects.filter(salon=salon).order_by("kind", "number"))
    groups = [(kind.label, [point for point in points if point.kind == kind]) for kind in Point.Kind]
    return [(label, rows) for label, rows in groups if rows]
