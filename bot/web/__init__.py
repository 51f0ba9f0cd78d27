"""The local chat page (`demarche try`): the same events, the same screens, in a browser."""
