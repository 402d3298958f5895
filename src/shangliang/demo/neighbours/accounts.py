"""Ways into one side of the demo, printed as JSON: its accounts with fresh one-time links, receipts, codes on the wall.

    python -m shangliang.demo.neighbours.accounts

Run in the environment of that installation, also while it is being served.
"""

import json


def main() -> None:
    """Print them."""
    import django

    django.setup()
    from ...people.models import Committee
    from ...people.tenancy import within

    committee = Committee.objects.get()
    with within(committee):
        print(json.dumps(found(committee), ensure_ascii=False))


def found(committee) -> dict:
    """{"roles": [role, name, link], "receipts": [case number, code], "wall_codes": [place, address]}."""
    from django.conf import settings

    from ...people.actors import CLOCK
    from ...people.commands import sign_in_link
    from ...shared import receipts
    from ...venues.codes import address
    from ...venues.models import WallCode
    from ...voices.models import Voice
    from ..thread import KEY
    from .story import WATER

    code = receipts.make(settings.RECEIPT_KEY, KEY.format(WATER))
    voices = Voice.objects.filter(receipt=receipts.fingerprint(settings.RECEIPT_KEY, code)).select_related("case")
    return {
        "roles": [
            [str(account.role_words()), account.name, settings.PUBLIC_ADDRESS + sign_in_link(by=CLOCK, account=account)]
            for account in committee.accounts.order_by("pk")
        ],
        "receipts": [[voice.case_no, code] for voice in voices],
        "wall_codes": [
            [wall.venue.full_name, address(wall)] for wall in WallCode.objects.select_related("venue__region")
        ],
    }


if __name__ == "__main__":
    main()
