"""The fast path: filled in below the Typer app."""


def answer(argv: list[str]) -> int | None:
    """None: not a plain question, the full command line takes it."""
    return None
