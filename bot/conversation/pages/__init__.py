"""The screens beside the questions: what each shows, and what a tap or a text on it comes to."""
