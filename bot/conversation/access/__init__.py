"""Who may use the bot, and how much: the door, invitations, the people, the counts."""
