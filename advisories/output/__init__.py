"""Rows to text: for programs (`emit`), for a person, as a page, as feeds. Only here is drawn."""
