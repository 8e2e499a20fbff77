"""Korean and English: index terms, questions, date expressions and names. Knows no records and no memory."""
