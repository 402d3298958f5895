"""Doors of the desk: a view says which roles may enter; nobody else gets in."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

from ..shared.refusals import NOT_YOURS


def for_roles(*roles):
    """View decorator: signed-in accounts with one of these roles in their committee; others get a 403 in words."""

    def door(view):
        @wraps(view)
        @login_required
        def enter(request, *args, **kwargs):
            if not request.user.has(*roles, committee_id=request.user.committee_id):
                raise PermissionDenied(str(NOT_YOURS.why))
            return view(request, *args, **kwargs)

        enter.roles = roles
        return enter

    return door
