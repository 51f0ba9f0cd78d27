"""What all subjects speak in: a session, events, screens, questions, pages."""
