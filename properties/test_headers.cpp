// Owns the headers that all tests compile only once; does nothing.
int main() {}
