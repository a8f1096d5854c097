"""Sales as new business and repeat business: six factors per tier, what each is worth, and why sales changed."""
