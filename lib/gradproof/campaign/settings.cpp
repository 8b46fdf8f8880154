// Comparing settings, in the words of the command line.
#include <gradproof/campaign/settings.hpp>

#include <fmt/format.h>

namespace gradproof::campaign {

namespace {

[[nodiscard]] std::string shown(const std::vector<std::string>& command) {
    std::string text = command.empty() ? "none" : "--";
    for (const std::string& word : command) text += " " + word;
    return text;
}

[[nodiscard]] std::string shown(const std::string& text) { return text.empty() ? "all" : text; }

}  // namespace

std::optional<std::string> difference(const Settings& here, const Settings& there,
                                      bool shards_too) {
    struct Row {
        std::string_view what;
        std::string here, there;
    };
    const std::vector<Row> rows{
        {"gradproof's version", here.gradproof, there.gradproof},
        {"the command", shown(here.command), shown(there.command)},
        {"the subject", here.subject, there.subject},
        {"--seed", std::to_string(here.seed), std::to_string(there.seed)},
        {"--shard", shards_too ? to_text(here.shards) : "",
         shards_too ? to_text(there.shards) : ""},
        {"--ops", shown(here.ops), shown(there.ops)},
        {"--numbers", shown(here.numbers), shown(there.numbers)},
        {"--time-limit (ms)", std::to_string(here.limits.answer.count()),
         std::to_string(there.limits.answer.count())},
        {"--memory-limit (bytes)", std::to_string(here.limits.memory),
         std::to_string(there.limits.memory)},
        {"the limit of output (bytes)", std::to_string(here.limits.output),
         std::to_string(there.limits.output)},
    };
    for (const Row& row : rows) {
        if (row.here != row.there)
            return fmt::format("{} is {} here and {} there", row.what, row.here, row.there);
    }
    return std::nullopt;
}

}  // namespace gradproof::campaign
