// RC_PARAMS, RapidCheck's settings in the environment, read strictly.
#include <gradproof/testing/rc_params.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>

#include <rapidcheck/detail/Configuration.h>

namespace gradproof::testing {
namespace {

enum class Kind { whole, flag, reproduce };

/// A setting of RapidCheck and the values it may have.
struct Setting {
    std::string_view name;
    Kind kind;
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

constexpr std::uint64_t most_int = std::numeric_limits<int>::max();

// RapidCheck's own settings (doc/configuration.md there). It allows max_success=0; here a property that draws no case
// would pass without having looked at anything.
constexpr std::array settings{
    Setting{"seed", Kind::whole, 0, std::numeric_limits<std::uint64_t>::max()},
    Setting{"max_success", Kind::whole, 1, most_int},
    Setting{"max_size", Kind::whole, 0, most_int},
    Setting{"max_discard_ratio", Kind::whole, 0, most_int},
    Setting{"noshrink", Kind::flag},
    Setting{"verbose_progress", Kind::flag},
    Setting{"verbose_shrinking", Kind::flag},
    Setting{"reproduce", Kind::reproduce},
};

[[noreturn]] void refuse(const std::string& why, const std::string& wanted) {
    throw std::invalid_argument("RC_PARAMS: " + why + "; " + wanted +
                                ". Correct RC_PARAMS or unset it.");
}

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string setting_names() {
    std::string names;
    for (const Setting& setting : settings) {
        if (!names.empty()) names += ", ";
        names += setting.name;
    }
    return names;
}

const Setting& setting_named(std::string_view name) {
    for (const Setting& setting : settings) {
        if (setting.name == name) return setting;
    }
    refuse("unknown setting " + in_quotes(name), "the settings are " + setting_names());
}

bool whole_within(std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    return failure == std::errc{} && stop == end && least <= value && value <= most;
}

/// Whether RapidCheck can decode the string that it printed after a failure; only RapidCheck knows its form.
bool reproduces(const std::string& value) {
    if (value.empty()) return false;
    try {
        return !rc::detail::configFromString(rc_params_text({{"reproduce", value}}))
                    .reproduce.empty();
    } catch (const rc::detail::ConfigurationException&) {
        return false;
    }
}

void require_valid(const Setting& setting, const std::string& value) {
    const std::string given = std::string(setting.name) + " is " + in_quotes(value);
    switch (setting.kind) {
        case Kind::whole:
            if (!whole_within(value, setting.least, setting.most)) {
                refuse(given, "wanted is a whole number from " + std::to_string(setting.least) +
                                  " to " + std::to_string(setting.most));
            }
            return;
        case Kind::flag:
            if (value != "0" && value != "1") refuse(given, "wanted is 0 or 1");
            return;
        case Kind::reproduce:
            if (!reproduces(value))
                refuse(given, "wanted is the whole string that a failed property printed");
            return;
    }
}

bool is_space(char c) { return std::string_view(" \t\n\v\f\r").find(c) != std::string_view::npos; }

/// Takes RC_PARAMS apart from the front, by RapidCheck's rules for quotes and space.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) { skip_space(); }

    [[nodiscard]] bool done() const { return rest_.empty(); }

    std::pair<std::string, std::string> take_pair() {
        const std::string_view from_here = rest_;
        std::string name = take_word("=");
        if (name.empty()) refuse("no setting before " + in_quotes(from_here), wanted_pairs);
        skip_space();
        if (done() || rest_.front() != '=') refuse(in_quotes(name) + " has no value", wanted_pairs);
        rest_.remove_prefix(1);
        skip_space();
        std::string value = take_word("");
        skip_space();
        return {std::move(name), std::move(value)};
    }

private:
    static constexpr const char* wanted_pairs =
        "wanted are pairs setting=value with space between them";

    void skip_space() {
        while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    }

    /// A quoted word, or all up to a space or one of `stops`.
    std::string take_word(std::string_view stops) {
        if (!rest_.empty() && (rest_.front() == '"' || rest_.front() == '\'')) return take_quoted();
        std::string word;
        while (!rest_.empty() && !is_space(rest_.front()) &&
               stops.find(rest_.front()) == std::string_view::npos) {
            word += rest_.front();
            rest_.remove_prefix(1);
        }
        return word;
    }

    std::string take_quoted() {
        const std::string_view from_here = rest_;
        const char quote = rest_.front();
        rest_.remove_prefix(1);
        std::string word;
        while (!rest_.empty() && rest_.front() != quote) {
            if (rest_.front() == '\\') rest_.remove_prefix(1);
            if (rest_.empty()) break;
            word += rest_.front();
            rest_.remove_prefix(1);
        }
        if (rest_.empty())
            refuse("the quote opened at " + std::string(from_here) + " is not closed",
                   wanted_pairs);
        rest_.remove_prefix(1);
        return word;
    }

    std::string_view rest_;
};

}  // namespace

RcParams read_rc_params(std::string_view text) {
    RcParams params;
    Reader reader(text);
    while (!reader.done()) {
        auto [name, value] = reader.take_pair();
        require_valid(setting_named(name), value);
        params.insert_or_assign(std::move(name), std::move(value));
    }
    return params;
}

std::string rc_params_text(const RcParams& params) {
    std::string text;
    for (const auto& [name, value] : params) {
        if (!text.empty()) text += ' ';
        text += name + '=';
        if (value.find_first_of(" \t\n\v\f\r\"'\\=") == std::string::npos) {
            text += value;
            continue;
        }
        text += '\'';
        for (const char c : value) {
            if (c == '\'' || c == '\\') text += '\\';
            text += c;
        }
        text += '\'';
    }
    return text;
}

}  // namespace gradproof::testing
