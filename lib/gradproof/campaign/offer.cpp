// Choosing primitives and laws for a subject.
#include <gradproof/campaign/offer.hpp>

#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>

namespace gradproof::campaign {

std::vector<const backprop::Primitive*> primitives_of(const Offer& offer) {
    const std::vector<const backprop::Primitive*>& given = offer.greeting.primitives;
    std::vector<const backprop::Primitive*> taken;
    for (const backprop::Primitive& each : primitives::catalogue()) {
        if (given.empty() || std::ranges::find(given, &each) != given.end()) taken.push_back(&each);
    }
    return taken;
}

std::vector<laws::Law> laws_for_library() {
    return {laws::all_laws().begin(), laws::all_laws().end()};
}

std::vector<laws::Law> laws_for_strangers() {
    std::vector<laws::Law> chosen = laws_for_library();
    std::erase_if(chosen, [](const laws::Law& law) { return law.name == laws::kSecondFormAgrees; });
    return chosen;
}

}  // namespace gradproof::campaign
