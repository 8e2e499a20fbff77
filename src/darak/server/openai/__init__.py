"""The API of OpenAI, as its clients know it: the memory is the model `darak`, other names are the owner's models."""
