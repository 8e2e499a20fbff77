"""What `darak doctor` looks at."""
