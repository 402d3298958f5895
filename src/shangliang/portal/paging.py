"""Long lists by page."""


def page_number(request, name="page") -> int:
    """The page that the address asks for under this name; 1 where it makes no sense."""
    asked = request.GET.get(name, "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
