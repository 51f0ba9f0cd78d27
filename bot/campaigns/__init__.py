"""Campaign folders: read, checked, and their catalogues kept in step with the template."""
