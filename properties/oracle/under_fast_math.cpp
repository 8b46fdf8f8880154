// A file that asks the oracle, to be compiled with -ffast-math: it must not compile.
#include <gradproof/oracle/oracle.hpp>

int main() { return 0; }
