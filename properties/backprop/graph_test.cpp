// Graphs are plain data that fits: what does not is refused with a word on what was wanted.
#include <gradproof/backprop/graph.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

namespace gradproof::backprop {
namespace {

using namespace primitives;

TEST(Graphs, read_like_the_exercise) {
    Graph graph;
    const Variable W1 = input(graph, "W1", {3, 4}), v = input(graph, "v", {4});
    const Variable h1 = relu(matvec(W1, v));
    EXPECT_EQ(h1.shape(), (Shape{3}));
    EXPECT_EQ(graph.nodes.size(), 4U);
    EXPECT_EQ(graph.output, h1.id);
    EXPECT_EQ(graph.node_name(h1.id), "n3");
    EXPECT_EQ(graph.node_name(v.id), "v");
}

TEST(Graphs, refuse_what_does_not_fit_and_say_what_was_given_and_wanted) {
    struct Misfit {
        std::function<void(Graph&)> build;
        const char* words;
    };
    const std::vector<Misfit> misfits{
        {[](Graph& g) {
             (void)matvec(input(g, "W", {4, 3}), input(g, "v", {4}));
         },
         "matvec: given [4, 3] and [4], wanted [m, n] and [n]"},
        {[](Graph& g) {
             (void)matmul(input(g, "A", {2, 3}), input(g, "B", {2, 3}));
         },
         "matmul"},
        {[](Graph& g) { (void)dot(input(g, "a", {2}), input(g, "b", {3})); },
         "two vectors of the same size"},
        {[](Graph& g) {
             (void)add(input(g, "a", {2}), input(g, "b", {2, 1}));
         },
         "operands of the same shape"},
        {[](Graph& g) { (void)transpose(input(g, "a", {2})); }, "a matrix [m, n]"},
        {[](Graph& g) { (void)mean(input(g, "a", {0})); }, "nothing has no mean"},
        {[](Graph& g) { (void)softmax(input(g, "a", {0})); }, "at least one entry"},
        {[](Graph& g) { (void)slice(input(g, "a", {3}), 2, 5); }, "0 <= begin <= end <= 3"},
        {[](Graph& g) {
             (void)concatenate({input(g, "a", {3}), input(g, "b", {})});
         },
         "vectors"},
        {[](Graph& g) { g.add_input("x", {}), g.add_input("x", {}); }, "\"x\" is there already"},
        {[](Graph& g) { g.add_input("n2", {}); }, "names of nodes"},
        {[](Graph& g) { g.apply(primitive("relu"), {7}); }, "no earlier node"},
        {[](Graph& g) { g.add_input("x", {}), g.apply(primitive("add"), {0}); },
         "given 1 operands, wanted 2"},
        {[](Graph& g) { g.add_input("x", {}), g.apply(primitive("scale"), {0}); },
         "given 0 attributes, wanted 1"},
        {[](Graph& g) {
             Graph other;
             (void)add(input(g, "x", {}), input(other, "y", {}));
         },
         "two programs"},
        {[](Graph&) { (void)primitive("sofmax"); }, "the nearest is \"softmax\""},
    };
    for (const Misfit& misfit : misfits) {
        Graph graph;
        try {
            misfit.build(graph);
            ADD_FAILURE() << "accepted what should say: " << misfit.words;
        } catch (const std::invalid_argument& refusal) {
            EXPECT_NE(std::string(refusal.what()).find(misfit.words), std::string::npos)
                << refusal.what();
        }
    }
}

TEST(APrimitive, may_end_its_attributes_with_a_list_of_any_length) {
    Primitive listed;
    listed.name = "pick";
    listed.operands = {"x"};
    listed.attributes = {"axis", "indices..."};
    listed.attribute_domains = {{.lower = 0, .upper = 3}, {.lower = 0, .upper = 9}};
    listed.shape = [](std::span<const Shape>, const Attributes& attributes) {
        return Shape{attributes.size() - 1};
    };
    EXPECT_EQ(listed.single_attributes(), 1U);
    EXPECT_EQ(listed.attribute_name(0), "axis");
    EXPECT_EQ(listed.attribute_name(3), "indices");
    EXPECT_EQ(listed.attribute_domain(3).upper, 9);
    Graph graph;
    graph.add_input("x", {4});
    for (const std::size_t items : {0U, 1U, 3U}) {
        const NodeId picked = graph.apply(listed, {0}, Attributes(1 + items, 2.0));
        EXPECT_EQ(graph.nodes[picked].shape(), (Shape{items}));
    }
    EXPECT_THROW(graph.apply(listed, {0}, {}), ShapeError) << "the axis is missing";
}

TEST(TheCatalogue, names_each_primitive_once_with_formula_domain_source_and_second_form) {
    std::set<std::string_view> names;
    for (const Primitive& each : catalogue()) {
        EXPECT_TRUE(names.insert(each.name).second) << each.name;
        EXPECT_FALSE(each.formula.empty()) << each.name;
        EXPECT_FALSE(each.source.empty()) << each.name;
        EXPECT_FALSE(each.domains.empty()) << each.name;
        EXPECT_NE(each.second_form, nullptr) << each.name;
        EXPECT_EQ(each.attributes.size(), each.attribute_domains.size()) << each.name;
        EXPECT_EQ(find(each.name), &each);
    }
    EXPECT_GE(names.size(), 60U);
}

}  // namespace
}  // namespace gradproof::backprop
