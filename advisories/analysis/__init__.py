"""Pure judgements over what the store holds: changes, stories, tension. No I/O, no clock."""
