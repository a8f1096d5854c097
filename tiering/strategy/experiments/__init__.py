"""Does a playbook work: what a tier is large enough to show, the draw of the arms, and the read-out."""
