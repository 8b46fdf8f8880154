// The misdeeds, one a subject.
#include "planted_subjects.hpp"

#include <gradproof/laws/memory_is_respected.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ostream>
#include <stdexcept>
#include <thread>

#include <sys/mman.h>
#include <unistd.h>

namespace gradproof::campaign {

namespace {

using cases::Case;
using subject::Answer;

[[nodiscard]] bool holds_tanh(const Case& drawn) {
    return std::ranges::any_of(drawn.graph.nodes, [](const backprop::Node& node) {
        return node.primitive != nullptr && node.primitive->name == "tanh";
    });
}

/// The library, and `Misdeed` where a program holds a tanh: it gets the case and the right answer.
template <class Misdeed>
class Misbehaving final : public subject::ProgramSubject {
public:
    [[nodiscard]] std::string name() const override { return "a planted subject"; }
    [[nodiscard]] Answer answer(const Case& drawn,
                                std::span<const double> cotangent) const override {
        Answer right = library_.answer(drawn, cotangent);
        if (holds_tanh(drawn)) misdeed_(drawn, right);
        return right;
    }

private:
    subject::Backprop library_;
    mutable Misdeed misdeed_;
};

template <class Misdeed>
[[nodiscard]] std::unique_ptr<subject::ProgramSubject> with() {
    return std::make_unique<Misbehaving<Misdeed>>();
}

struct Segfaults {
    void operator()(const Case&, Answer&) const {
        std::signal(SIGSEGV, SIG_DFL);  // a sanitizer would have a word of its own
        std::raise(SIGSEGV);
    }
};
struct Aborts {
    void operator()(const Case&, Answer&) const { std::abort(); }
};
struct Hangs {
    void operator()(const Case&, Answer&) const {
        for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
    }
};
struct Exits {
    void operator()(const Case&, Answer&) const { ::_exit(0); }
};
struct Throws {
    void operator()(const Case&, Answer&) const { throw std::runtime_error("no tanh today"); }
};
struct ThrowsAnything {
    void operator()(const Case&, Answer&) const { throw 7; }
};
struct Floods {
    void operator()(const Case&, Answer&) const {
        for (;;) std::puts("a line that nobody asked for");
    }
};
template <std::size_t MiB>
struct Leaks {
    void operator()(const Case&, Answer&) const {
        constexpr std::size_t page = 4096, bytes = MiB << 20U;
        void* const memory =
            ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        for (std::size_t i = 0; i < bytes; i += page) static_cast<volatile char*>(memory)[i] = 1;
    }
};
struct Miscounts {
    void operator()(const Case&, Answer& answer) const { answer.gradient.push_back(0); }
};
struct WritesToItsInput {
    void operator()(const Case& drawn, Answer&) const {
        for (const std::vector<double>& input : drawn.inputs)
            for (const double& x : input) const_cast<double&>(x) = 0;
    }
};
/// Keeps what it had answered last time, and adds to it.
struct KeepsState {
    double kept = 0;
    void operator()(const Case&, Answer& answer) {
        for (double& g : answer.gradient) g += kept;
        if (!answer.gradient.empty()) kept = 1 + answer.gradient.front();
    }
};
struct LosesASign {
    void operator()(const Case&, Answer& answer) const {
        for (double& g : answer.gradient) g = -g;
    }
};

}  // namespace

const std::vector<Planted>& planted_faults() {
    static const std::vector<Planted> planted{
        {"segfaults", "crashed", {}, with<Segfaults>},
        {"aborts", "crashed", {}, with<Aborts>},
        {"hangs", "hung", {}, with<Hangs>},
        {"exits", "exited without an answer", {}, with<Exits>},
        {"throws", "reported an error", {}, with<Throws>},
        {"throws_anything", "reported an error", {}, with<ThrowsAnything>},
        {"floods", "flooded its output", {}, with<Floods>},
        {"leaks", "ran out of memory", {}, with<Leaks<128>>},
        {"miscounts", "gave the wrong number of numbers", {}, with<Miscounts>},
    };
    return planted;
}

const std::vector<Planted>& planted_mistakes() {
    static const std::vector<Planted> planted{
        {"writes_to_its_input", "wrong", laws::kMemoryIsRespected, with<WritesToItsInput>},
        {"keeps_state", "not repeatable", {}, with<KeepsState>},
        {"loses_a_sign", "wrong sign", "vjp agrees with finite differences", with<LosesASign>},
    };
    return planted;
}

const Planted& planted_large_leak() {
    static const Planted planted{"leaks_a_gibibyte", "ran out of memory", {}, with<Leaks<1200>>};
    return planted;
}

void PrintTo(const Planted& planted, std::ostream* out) { *out << planted.name; }

const Planted& planted(std::string_view name) {
    for (const std::vector<Planted>* list : {&planted_faults(), &planted_mistakes()}) {
        const auto found = std::ranges::find(*list, name, &Planted::name);
        if (found != list->end()) return *found;
    }
    throw std::invalid_argument("no planted subject is called " + std::string(name));
}

}  // namespace gradproof::campaign
