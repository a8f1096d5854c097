"""How an answer is said on screen and paper: names, colours, labels, standing, rules in words."""
