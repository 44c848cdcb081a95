"""The command line: parse the arguments, call one function, hand the rows to output."""
