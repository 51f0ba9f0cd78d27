"""Random walks through the conversation: nothing that is typed or sent breaks anything."""
