"""Which indicators there are, own ones, their scales, and how newcomers are read: on request, below the studio."""
