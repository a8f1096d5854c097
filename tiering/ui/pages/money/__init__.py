"""Where the money comes from and whether it stays: concentration, products, margin, retention, sales formula."""
