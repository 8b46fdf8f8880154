// The main of every test program of gradproof: gives RapidCheck its profile, then runs GoogleTest.
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
