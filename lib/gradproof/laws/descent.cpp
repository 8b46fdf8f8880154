// Trying simpler cases, the boldest first.
#include <gradproof/laws/descent.hpp>

#include <gradproof/generate/simpler_cases.hpp>

#include <utility>

namespace gradproof::laws {

Descended descend(const cases::Case& broken, const std::function<bool(const cases::Case&)>& fails,
                  const Descent& descent) {
    Descended down;
    down.minimal = broken;
    const auto start = std::chrono::steady_clock::now();
    const auto may_go_on = [&] {
        return down.tries < descent.most_tries &&
               std::chrono::steady_clock::now() - start < descent.most_time &&
               (!descent.progress || descent.progress(down.tries));
    };
    for (bool descended = true; descended;) {
        descended = false;
        for (cases::Case& candidate : generate::simpler_cases(down.minimal)) {
            if (!may_go_on()) {
                down.cut_short = true;
                return down;
            }
            ++down.tries;
            if (!fails(candidate)) continue;
            down.minimal = std::move(candidate);
            ++down.steps;
            descended = true;
            break;
        }
    }
    return down;
}

}  // namespace gradproof::laws
