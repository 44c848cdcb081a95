"""Rows to text: for programs (`emit`), for a person (`terminal`), as a page, as feeds. Only here is
anything drawn."""
