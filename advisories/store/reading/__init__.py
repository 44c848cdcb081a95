"""Questions to the store: each a function from a read-only connection to rows."""
