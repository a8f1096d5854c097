"""The parts of the page *scenarios*: schemes kept and compared, sent as file or link, and the workshop."""
