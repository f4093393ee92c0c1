"""Pictures and files of texts: kept on disk by what they are, checked before anybody sees them."""
