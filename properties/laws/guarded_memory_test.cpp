// Guarded memory: what is caught, what is not, and that rules which leave their buffers are told of, by
// buffer and entry, without harm to the process.
#include <gradproof/laws/guarded_memory.hpp>
#include <gradproof/laws/memory_is_respected.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

TEST(GuardedMemory, shows_one_content_in_both_views_and_is_quiet_where_it_is_used_well) {
    GuardedMemory& memory = GuardedMemory::of_this_thread();
    for (const Flush flush : {Flush::front, Flush::back}) {
        memory.lay_out({8, 24, 0}, flush);
        const auto fault = memory.fault_of([&] {
            for (std::size_t i = 0; i < 24; ++i)
                memory.writable(1)[i] = static_cast<std::byte>(i + 1);
        });
        EXPECT_FALSE(fault);
        EXPECT_EQ(memory.readable(1)[23], std::byte{24});
    }
}

TEST(GuardedMemory, catches_the_byte_before_the_byte_behind_and_what_is_read_only) {
    GuardedMemory& memory = GuardedMemory::of_this_thread();
    const auto touched = [&](const volatile std::byte* at) {
        return memory.fault_of([at] { static_cast<void>(*at); });
    };
    memory.lay_out({16}, Flush::front);
    EXPECT_EQ(touched(memory.writable(0) - 1), memory.writable(0) - 1);
    EXPECT_EQ(touched(memory.readable(0) - 1), memory.readable(0) - 1);
    memory.lay_out({16}, Flush::back);
    EXPECT_EQ(touched(memory.writable(0) + 16), memory.writable(0) + 16);
    EXPECT_EQ(touched(memory.readable(0) + 16), memory.readable(0) + 16);
    EXPECT_FALSE(touched(memory.readable(0) + 15));
    const auto written = memory.fault_of(
        [&] { *const_cast<volatile std::byte*>(memory.readable(0)) = std::byte{1}; });
    EXPECT_EQ(written, memory.readable(0));
}

TEST(GuardedMemory, grows_and_lets_exceptions_through) {
    GuardedMemory& memory = GuardedMemory::of_this_thread();
    memory.lay_out(std::vector<std::size_t>(100, 100000), Flush::back);
    EXPECT_FALSE(memory.fault_of([&] { memory.writable(99)[99999] = std::byte{1}; }));
    EXPECT_THROW(std::ignore = memory.fault_of([] { throw std::runtime_error("as it was"); }),
                 std::runtime_error);
}

/// Leaves the buffers of a Hadamard product in one of several ways.
enum class Leaving { operand_written, result_written, accumulator_left, operand_left };

template <Leaving how>
struct Trespassing {
    template <class S>
    static void pullback(const backprop::Application&, std::span<const S>, std::span<const S> y,
                         backprop::Inputs<S> in, backprop::Accumulators<S> sums) {
        const std::size_t n = y.size();
        volatile S* at = nullptr;
        switch (how) {
            case Leaving::operand_written: at = const_cast<S*>(in[1].data()) + n - 1; break;
            case Leaving::result_written: at = const_cast<S*>(y.data()); break;
            case Leaving::accumulator_left: at = sums[0].data() + n; break;
            case Leaving::operand_left:
                static_cast<void>(*(static_cast<const volatile S*>(in[0].data()) - 1));
                return;
        }
        *at = S(0);
    }
};

template <Leaving how>
[[nodiscard]] check::Report left_by() {
    backprop::Primitive wrong = primitives::primitive("hadamard");
    std::get<backprop::Rule<double>>(wrong.rules).pullback =
        &Trespassing<how>::template pullback<double>;
    std::get<backprop::Rule<float>>(wrong.rules).pullback =
        &Trespassing<how>::template pullback<float>;
    const subject::Backprop subject("hadamard", {&wrong});
    cases::Case drawn;
    const auto a = backprop::input(drawn.graph, "a", {3});
    const auto b = backprop::input(drawn.graph, "b", {3});
    static_cast<void>(primitives::hadamard(a, b));
    drawn.inputs = {{1, 2, 3}, {4, 5, 6}};
    drawn.cotangent = {1, 1, 1};
    check::Report report = memory_is_respected(subject, drawn);
    drawn.precision = cases::Precision::binary32;
    EXPECT_EQ(memory_is_respected(subject, drawn).remark, report.remark);
    return report;
}

TEST(InputsAndCotangentStayUntouched, and_who_leaves_which_buffer_where_is_told) {
    EXPECT_EQ(left_by<Leaving::operand_written>().remark,
              "the pullback of n2, hadamard, writes to entry 2 of its operand b");
    EXPECT_EQ(left_by<Leaving::result_written>().remark,
              "the pullback of n2, hadamard, writes to entry 0 of its result");
    EXPECT_EQ(left_by<Leaving::accumulator_left>().remark,
              "the pullback of n2, hadamard, reaches beyond the accumulator of a, which has 3 "
              "numbers");
    EXPECT_EQ(left_by<Leaving::operand_left>().remark,
              "the pullback of n2, hadamard, reaches before its operand a, which has 3 numbers");
    EXPECT_FALSE(left_by<Leaving::operand_written>().holds());
}

/// Changes its case, or its cotangent, on the way.
class Meddling final : public subject::ProgramSubject {
public:
    explicit Meddling(bool with_inputs) : with_inputs_(with_inputs) {}
    [[nodiscard]] std::string name() const override { return "meddling"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> u) const override {
        subject::Answer answer = cases::backprop_answer(drawn, u);
        volatile double* at = const_cast<double*>(with_inputs_ ? drawn.inputs[0].data() : u.data());
        *at = 7;
        return answer;
    }

private:
    bool with_inputs_;
};

TEST(InputsAndCotangentStayUntouched, also_of_a_subject_that_has_no_rules_to_be_asked) {
    cases::Case drawn;
    static_cast<void>(primitives::relu(backprop::input(drawn.graph, "x", {2})));
    drawn.inputs = {{1, 2}};
    drawn.cotangent = {1, 1};
    EXPECT_EQ(memory_is_respected(Meddling(true), drawn).remark,
              "the sweep leaves 7 in its input x[0], which was 1");
    EXPECT_EQ(memory_is_respected(Meddling(false), drawn).remark,
              "the sweep writes to entry 0 of its cotangent");
    EXPECT_EQ(drawn.inputs[0][0], 1);
}

}  // namespace
}  // namespace gradproof::laws
