"""How servers are spoken to: what is asked as a Draft, what comes back as pieces. No input or output happens here."""
