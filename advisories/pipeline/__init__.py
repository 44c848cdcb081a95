"""The only place that strings the stages together: fetch, replay, rebuild."""
