// Owns the headers that all parts of the library compile only once; has nothing of its own.
