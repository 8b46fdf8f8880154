// An open file of POSIX, closed at the end of its scope.
#pragma once

#include <utility>

#include <unistd.h>

namespace gradproof::cases {

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }

    /// Negative where there is none.
    [[nodiscard]] int number() const { return number_; }
    /// False where what was written is lost; some file systems say so only now.
    bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

}  // namespace gradproof::cases
