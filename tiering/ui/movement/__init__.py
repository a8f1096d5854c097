"""The page *movement*, one file per view."""
