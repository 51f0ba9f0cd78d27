"""The questions of a letter but for who signs: treaty, State, language, mission, place and date."""
