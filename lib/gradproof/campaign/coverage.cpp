// Counting with the survey of generate/.
#include <gradproof/campaign/coverage.hpp>

#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace gradproof::campaign {

namespace {

template <class Counters, class Sum>
void add_each(Counters& into, const Counters& from, Sum sum) {
    for (std::size_t i = 0; i < into.size(); ++i) sum(into[i], from[i]);
}

[[nodiscard]] std::size_t seen(const auto& counters) {
    return static_cast<std::size_t>(
        std::ranges::count_if(counters, [](std::uint64_t count) { return count > 0; }));
}

}  // namespace

std::size_t place_of(const backprop::Primitive& primitive) {
    const auto place = static_cast<std::size_t>(&primitives::primitive(primitive.name) -
                                                primitives::catalogue().data());
    if (place >= kMostPrimitives)
        throw std::logic_error("campaign::kMostPrimitives is too small for the catalogue");
    return place;
}

Coverage& Coverage::operator+=(const Coverage& other) {
    const auto sum = [](std::uint64_t& into, std::uint64_t from) { into += from; };
    add_each(forms, other.forms, sum);
    add_each(nodes, other.nodes, sum);
    add_each(edges, other.edges, [&](auto& into, const auto& from) { add_each(into, from, sum); });
    return *this;
}

void Coverage::add(const cases::Case& drawn) {
    generate::ProgramCoverage one;
    one.add(drawn);
    for (std::size_t k = 0; k < forms.size(); ++k)
        forms[k] += one.with(static_cast<generate::ProgramForm>(k));
    std::set<const backprop::Primitive*> used;
    for (const backprop::Node& node : drawn.graph.nodes)
        if (node.primitive != nullptr) used.insert(node.primitive);
    for (const backprop::Primitive* each : used) nodes[place_of(*each)] += one.nodes(each->name);
    const std::vector<std::string_view> families = primitives::families();
    if (families.size() > kMostFamilies)
        throw std::logic_error("campaign::kMostFamilies is too small for the catalogue");
    for (std::size_t from = 0; from < families.size(); ++from)
        for (std::size_t to = 0; to < families.size(); ++to)
            edges[from][to] += one.edges(families[from], families[to]);
}

std::size_t Coverage::primitives_seen() const { return seen(nodes); }

std::size_t Coverage::edges_seen() const {
    std::size_t count = 0;
    for (const auto& row : edges) count += seen(row);
    return count;
}

}  // namespace gradproof::campaign
