"""The language of ordinary days, as tables: vocabulary and conversations in Korean and English."""
