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
    _reading(app)
    app.command("rebuild")(rebuild.rebuild)
    app.add_typer(sources.app, name="sources")


def _reading(app: typer.Typer) -> None:
    """What only reads the store."""
    from advisories.cli import (
        changes,
        classify,
        completion,
        explain,
        export,
        index,
        levels,
        report,
        schema,
        search,
        show,
        status,
    )

    app.command("show")(show.show)
    app.command("levels")(levels.levels)
    app.command("changes")(changes.changes)
    app.command("pairs")(index.pairs)
    app.command("tension")(index.tension)
    app.command("search")(search.search)
    app.command("explain")(explain.explain)
    app.command("status")(status.status)
    app.command("report")(report.report)
    app.command("export")(export.export)
    app.command("classify")(classify.classify)
    app.command("schema")(schema.schema)
    app.command("completion")(completion.completion)
    app.command("complete", hidden=True)(completion.complete)
