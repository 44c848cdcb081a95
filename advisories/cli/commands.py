"""Every command, registered in the order in which help lists them."""

import typer


def register(app: typer.Typer) -> None:
    """Hang all commands on the app, once."""
    if app.registered_commands:
        return
    from advisories.cli import demo, fetch, rebuild, replay, sources

    app.command("fetch")(fetch.fetch)
    app.command("replay")(replay.replay)
    app.command("demo")(demo.demo)
    app.command("rebuild")(rebuild.rebuild)
    app.add_typer(sources.app, name="sources")
