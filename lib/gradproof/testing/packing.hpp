// Values as bytes, for a process that was forked from this one: both sides are the same program.
#pragma once

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace gradproof::testing {

/// Appends values to its bytes.
class Packer {
public:
    template <class T>
        requires std::is_trivially_copyable_v<T>
    void operator()(const T& value) {
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void operator()(const std::string& text) {
        (*this)(text.size());
        bytes_ += text;
    }
    template <class T>
    void operator()(const std::vector<T>& list) {
        (*this)(list.size());
        for (const T& value : list) (*this)(value);
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// Takes the values out again, in the order in which they were put in. Throws `std::out_of_range` where
/// there are no more.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

    template <class T>
        requires std::is_trivially_copyable_v<T>
    void operator()(T& value) { std::memcpy(&value, taken(sizeof value).data(), sizeof value); }
    void operator()(std::string& text) {
        std::size_t size = 0;
        (*this)(size);
        text = taken(size);
    }
    template <class T>
    void operator()(std::vector<T>& list) {
        std::size_t size = 0;
        (*this)(size);
        list.clear();
        for (std::size_t i = 0; i < size; ++i) {
            T value{};
            (*this)(value);
            list.push_back(std::move(value));
        }
    }

private:
    std::string_view rest_;

    [[nodiscard]] std::string_view taken(std::size_t size) {
        if (size > rest_.size()) throw std::out_of_range("the bytes end too early");
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }
};

}  // namespace gradproof::testing
