"""People who write letters at once through the running bot, and what it comes to in figures."""
