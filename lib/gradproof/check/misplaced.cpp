// The right numbers in the wrong places.
#include <gradproof/check/hypotheses.hpp>

#include <algorithm>
#include <functional>

namespace gradproof::check {

namespace {

/// Moves the truth about: entry `to` of the prediction is entry `from` of the truth.
using Moves =
    std::function<void(const Facts&, std::function<void(std::size_t to, std::size_t from)>)>;

[[nodiscard]] Hypothesis moved(Mistake mistake, std::string sentence, Moves moves) {
    return {mistake, std::move(sentence),
            [moves = std::move(moves)](const Facts& facts, const Observation& seen) {
                Prediction prediction = unchanged(facts, seen);
                moves(facts, [&](std::size_t to, std::size_t from) {
                    set(prediction, facts, to, seen.truth[from],
                        seen.allowed[from] + seen.allowed[to]);
                });
                return prediction;
            }};
}

/// `move(operand, to, from)` for all operands in scope.
template <class Each>
[[nodiscard]] Moves within(const Scope& scope, Each each) {
    return [scope, each](const Facts& facts, auto move) {
        for (const Operand& operand : facts.operands) {
            if (scope.names.contains(operand.name)) each(operand, move);
        }
    };
}

void add_transposed(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    const auto to_columns = [](const Operand& o, const auto& move) {
        if (o.shape.size() != 2) return;
        const std::size_t rows = o.shape[0], columns = o.shape[1];
        for (std::size_t k = 0; k < o.count; ++k)
            move(o.begin + (k % columns) * rows + k / columns, o.begin + k);
    };
    const auto to_rows = [](const Operand& o, const auto& move) {
        if (o.shape.size() != 2) return;
        const std::size_t rows = o.shape[0], columns = o.shape[1];
        for (std::size_t k = 0; k < o.count; ++k)
            move(o.begin + k, o.begin + (k % columns) * rows + k / columns);
    };
    const std::string sentence =
        (scope.names.size() == 1 ? "the gradient of " + *scope.names.begin() + " is"
                                 : scope.gradient() + " are") +
        std::string(" transposed");
    hypotheses.push_back(moved(Mistake::transposed, sentence, within(scope, to_columns)));
    hypotheses.push_back(
        moved(Mistake::transposed, sentence + ", read column by column", within(scope, to_rows)));
}

void add_swapped(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    if (scope.names.size() != 2) return;
    const std::string a = *scope.names.begin(), b = *std::next(scope.names.begin());
    hypotheses.push_back(
        moved(Mistake::permuted, "the gradients of " + a + " and " + b + " are swapped",
              [a, b](const Facts& facts, auto move) {
                  const Operand *first = facts.operand(a), *second = facts.operand(b);
                  if (first == nullptr || second == nullptr || first->count != second->count)
                      return;
                  for (std::size_t i = 0; i < first->count; ++i) {
                      move(first->begin + i, second->begin + i);
                      move(second->begin + i, first->begin + i);
                  }
              }));
}

void add_copied(std::vector<Hypothesis>& hypotheses, const Scope& scope, const Facts& minimal) {
    if (scope.names.size() != 1) return;
    const std::string own = *scope.names.begin();
    for (const Operand& other : minimal.operands) {
        if (other.name == own) continue;
        hypotheses.push_back(
            moved(Mistake::permuted, "the gradient of " + own + " is that of " + other.name,
                  [own, name = other.name](const Facts& facts, auto move) {
                      const Operand *to = facts.operand(own), *from = facts.operand(name);
                      if (to == nullptr || from == nullptr || to->count != from->count) return;
                      for (std::size_t i = 0; i < to->count; ++i)
                          move(to->begin + i, from->begin + i);
                  }));
    }
}

void add_order(std::vector<Hypothesis>& hypotheses, const Scope& scope) {
    const std::string whose = scope.gradient();
    hypotheses.push_back(moved(Mistake::permuted, whose + " has its entries in reverse order",
                               within(scope, [](const Operand& o, const auto& move) {
                                   for (std::size_t i = 0; i < o.count; ++i)
                                       move(o.begin + i, o.begin + o.count - 1 - i);
                               })));
    const auto shifted = [&](const std::string& sentence, bool on) {
        hypotheses.push_back(moved(Mistake::index, whose + sentence,
                                   within(scope, [on](const Operand& o, const auto& move) {
                                       for (std::size_t i = 0; i < o.count; ++i) {
                                           const std::size_t next = (i + 1) % o.count;
                                           move(o.begin + (on ? next : i),
                                                o.begin + (on ? i : next));
                                       }
                                   })));
        if (!scope.whole || scope.names.size() == 1) return;
        hypotheses.push_back(moved(Mistake::index, "the gradient over all inputs" + sentence,
                                   [on](const Facts& facts, auto move) {
                                       const std::size_t n = facts.inputs.size();
                                       for (std::size_t i = 0; i < n; ++i) {
                                           const std::size_t next = (i + 1) % n;
                                           move(on ? next : i, on ? i : next);
                                       }
                                   }));
    };
    shifted(" has every entry one place further on", true);
    shifted(" has every entry one place too early", false);
}

/// Along one axis every entry is its neighbour's; at the edge, where that would lie outside, nothing is said.
void add_shifted_along_axes(std::vector<Hypothesis>& hypotheses, const Scope& scope,
                            std::span<const Facts> facts) {
    std::size_t axes = 0;
    for (const Facts& f : facts) {
        for (const Operand& operand : f.operands) axes = std::max(axes, operand.shape.size());
    }
    for (std::size_t back = 1; back <= axes; ++back) {
        const std::string along = back == 1
                                      ? "the last axis"
                                      : "the axis " + std::to_string(back - 1) + " before the last";
        for (const bool on : {true, false}) {
            Hypothesis shifted{Mistake::index,
                               scope.gradient() + " has every entry one place " +
                                   (on ? "further on" : "too early") + " along " + along,
                               {}};
            shifted.predict = [scope, back, on](const Facts& known, const Observation& seen) {
                Prediction prediction = unchanged(known, seen);
                for (const Operand& o : known.operands) {
                    if (!scope.names.contains(o.name) || o.shape.size() < back) continue;
                    const std::size_t axis = o.shape.size() - back, size = o.shape[axis];
                    const std::size_t stride = scalar::element_count(scalar::Shape(
                        o.shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, o.shape.end()));
                    for (std::size_t i = 0; i < o.count; ++i) {
                        const std::size_t at = i / stride % size, to = o.begin + i;
                        if (at == (on ? 0 : size - 1)) {
                            prediction.silent.insert(to);
                            continue;
                        }
                        const std::size_t from = on ? to - stride : to + stride;
                        set(prediction, known, to, seen.truth[from],
                            seen.allowed[from] + seen.allowed[to]);
                    }
                }
                return prediction;
            };
            hypotheses.push_back(std::move(shifted));
        }
    }
}

}  // namespace

std::vector<Explanation> misplaced(std::span<const Facts> facts) {
    const Scope scope = failing_scope(facts);
    if (scope.names.empty()) return {};
    std::vector<Hypothesis> hypotheses;
    add_transposed(hypotheses, scope);
    std::vector<Explanation> found = explaining(hypotheses, facts);
    if (!found.empty())
        return {std::move(found.front())};  // a square matrix has only one transpose
    hypotheses.clear();
    add_swapped(hypotheses, scope);
    add_copied(hypotheses, scope, facts.front());
    add_order(hypotheses, scope);
    found = explaining(hypotheses, facts);
    if (!found.empty()) return found;
    hypotheses.clear();
    add_shifted_along_axes(hypotheses, scope, facts);
    return explaining(hypotheses, facts);
}

}  // namespace gradproof::check
