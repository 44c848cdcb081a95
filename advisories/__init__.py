"""Travel advisories and diplomatic tension: who warned, expelled, sanctioned or talked to whom."""

__version__ = "0.1.0"
