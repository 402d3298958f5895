"""One side while the story is lived: it takes steps that the other process names, and its own HTTP doors are open.

    python -m shangliang.demo.neighbours.worker SIDE PORT

Steps come as lines of JSON on the standard input and are answered on the standard output. Between them the web
application answers on loopback, so that what crosses does cross: signed, over HTTP, into another process and database.
"""

import datetime as dt
import json
import os
import select
import sys


def main() -> None:
    """Establish the side and serve it until the input ends."""
    key, port = sys.argv[1], int(sys.argv[2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    (settings.HOME / "demo").touch()
    settings.IS_DEMO = True
    call_command("migrate", interactive=False, verbosity=0)
    Worker(key, port).run()


class Worker:
    """The side's stage and its web server, in one thread and at one moment of the story."""

    def __init__(self, key, port):
        from ...shared import clock
        from .sides import SIDES, establish
        from .story import Stage

        self.moment = dt.datetime(2023, 2, 20, 9, 0)
        with clock.at(self.moment):
            self.stage = Stage(SIDES[key], establish(SIDES[key]))
        self.server = _server(port)

    def run(self):
        """Answer whoever comes: a step on the input, or a request at the door."""
        print(json.dumps({"ready": True}), flush=True)
        while True:
            ready, _w, _x = select.select([sys.stdin, self.server.socket], [], [])
            if self.server.socket in ready:
                self._at_moment(self.server.handle_request)
            if sys.stdin in ready:
                line = sys.stdin.readline()
                if not line:
                    return
                print(json.dumps(self._step(json.loads(line))), flush=True)

    def _at_moment(self, act):
        from ...shared import clock

        with clock.at(self.moment):
            return act()

    def _step(self, told):
        from ...people.tenancy import within

        if "at" in told:
            self.moment = dt.datetime.fromisoformat(told["at"])
        do = getattr(self, f"_{told['do']}")
        with within(self.stage.committee):
            return {"done": self._at_moment(lambda: do(told))}

    def _clock(self, told):
        return str(self.moment)

    def _scene(self, told):
        """One step of the script, and whatever it has to tell the other side."""
        from ...federation.relay import relay
        from . import matter, script, story

        _moment, _side, scene, *needs = script.ordered()[told["number"]]
        act = getattr(matter, scene, None) or getattr(story, scene)
        act(self.stage, *needs)
        return relay()

    def _card(self, told):
        from . import story

        return story.card(self.stage)

    def _meet(self, told):
        from . import story

        story.meet(self.stage, told["card"])

    def _evening(self, told):
        """The clock of the product, the letters, and the neighbours' signatures under the log."""
        from ...federation.relay import relay
        from ...federation.witnessing import ask_witnesses
        from ...tick import work

        work()
        return [relay(), ask_witnesses()]

    def _roles(self, told):
        """The accounts with links, made at the moment of the story."""
        from .accounts import found

        return found(self.stage.committee)["roles"]


def _server(port):
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        timeout = 2  # a browser opens lines that it may never use

        def log_message(self, *args):
            pass

    return make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)


if __name__ == "__main__":
    main()
