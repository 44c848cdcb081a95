"""Every command, registered in the order in which help lists them."""

import typer

# Shown under a command's help: what people type, not what can be typed.
EXAMPLES = {
    "show": ("show RU-US --since 30d --min-severity 3", "show russia-any --act expel,recall --ndjson",
             "show @mine --as-of 2024-12-11"),
    "levels": ("levels LB SD NE --issuer US,GB,FR", "levels ukraine", "levels --disagree"),
    "changes": ("changes --since 7d", "changes --to @mine --since last --exit-code"),
    "pairs": ("pairs -n 10", "pairs --rising"),
    "tension": ("tension RU-US --plot", "tension RU-US --since 2024-01 --by month --csv"),
    "search": ("search sanctions --pair RU-US --since 30d", "search '\"wrongful detention\"'"),
    "classify": ("classify items.ndjson", "classify --as advisory - < pages.ndjson"),
}  # fmt: skip

# What the signs on a screen mean, where there is no room to say it.
KEYS = {
    "show": "On a screen: + cooperative, · routine, ! friction, !! serious, !!! violence or rupture; "
            "×3: told by three outlets; a row ends with the REF that explain takes.",
    "pairs": "On a screen: the index (0 to 100), its move in seven days, the story that weighs most, "
             "how many stories in 30 days, and how far the index can be trusted.",
}  # fmt: skip


def _examples(name: str) -> str:
    lines = [f"  advisories {line}" for line in EXAMPLES[name]]
    key = [KEYS[name]] if name in KEYS else []
    return "\n\n".join(["Examples:", *lines, *key])


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

    app.command("show", epilog=_examples("show"))(show.show)
    app.command("levels", epilog=_examples("levels"))(levels.levels)
    app.command("changes", epilog=_examples("changes"))(changes.changes)
    app.command("pairs", epilog=_examples("pairs"))(index.pairs)
    app.command("tension", epilog=_examples("tension"))(index.tension)
    app.command("search", epilog=_examples("search"))(search.search)
    app.command("explain")(explain.explain)
    app.command("status")(status.status)
    app.command("report")(report.report)
    app.command("export")(export.export)
    app.command("classify", epilog=_examples("classify"))(classify.classify)
    app.command("schema")(schema.schema)
    app.command("completion")(completion.completion)
    app.command("complete", hidden=True)(completion.complete)
