"""One writer per export format. Each takes what is to be written and a path; the same input gives the same bytes."""
