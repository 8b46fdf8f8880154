// The commands of the foreign subjects, as the build found them: GRADPROOF_SUBJECTS is the folder of their sources,
// GRADPROOF_..._SUBJECT a program that was built, or nothing.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gradproof::subjects {

struct Foreign {
    std::string name;
    std::string package;
    std::string folder;  ///< of what is saved of it, below GRADPROOF_SUBJECTS/findings
    std::vector<std::string> command;  ///< empty where there is no program to start
};

/// -B: Python leaves no compiled files beside the sources.
[[nodiscard]] inline Foreign in_python(std::string name, std::string package, std::string module) {
    return {std::move(name),
            std::move(package),
            module,
            {"/usr/bin/python3", "-B", GRADPROOF_SUBJECTS "/python/" + module + ".py"}};
}
[[nodiscard]] inline Foreign built(std::string name, std::string package, std::string folder,
                                   const std::string& program) {
    return {std::move(name), std::move(package), std::move(folder),
            program.empty() ? std::vector<std::string>{} : std::vector<std::string>{program}};
}

[[nodiscard]] inline Foreign numpy_by_hand() {
    return in_python("numpy by hand", "python3-numpy", "numpy_by_hand");
}
[[nodiscard]] inline Foreign pytorch() { return in_python("PyTorch", "python3-torch", "pytorch"); }
[[nodiscard]] inline Foreign eigen() {
    return built("Eigen AutoDiffScalar", "libeigen3-dev", "eigen", GRADPROOF_EIGEN_SUBJECT);
}
[[nodiscard]] inline Foreign ceres() {
    return built("Ceres Jet", "libceres-dev", "ceres", GRADPROOF_CERES_SUBJECT);
}
[[nodiscard]] inline Foreign boost() {
    return built("Boost autodiff", "libboost1.81-dev", "boost", GRADPROOF_BOOST_SUBJECT);
}
[[nodiscard]] inline Foreign adolc() {
    return built("ADOL-C", "libadolc-dev", "adolc", GRADPROOF_ADOLC_SUBJECT);
}

/// Its modules are looked for in NODE_PATH, and without it where the head of tensorflow.js puts them.
[[nodiscard]] inline Foreign tensorflow() {
    Foreign foreign{"TensorFlow.js", "node with @tensorflow/tfjs-core", "tensorflow", {}};
    const std::string node = GRADPROOF_NODE;
    if (!node.empty()) {
        foreign.command = {"sh", "-c",
                           "NODE_PATH=${NODE_PATH:-" GRADPROOF_NODE_MODULES "} exec \"$0\" \"$1\"",
                           node, GRADPROOF_SUBJECTS "/javascript/tensorflow.js"};
    }
    return foreign;
}

}  // namespace gradproof::subjects
