// A vjp that is written once for every number type, evaluated in wide numbers.
#pragma once

#include <gradproof/scalar/shape.hpp>
#include <gradproof/scalar/wide_sweep.hpp>
#include <gradproof/testing/forms.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace gradproof::testing::detail {

/// The vjp's gradient in wide numbers.
template <class V, class Indices, class Attributes>
[[nodiscard]] std::vector<scalar::WideEntry> formula(const std::shared_ptr<V>& vjp,
                                                     const std::vector<scalar::Shape>& shapes,
                                                     std::span<const double> attributes,
                                                     std::span<const double> flat,
                                                     std::span<const double> cotangent) {
    return scalar::wide_sweep(flat.size(),
                              [&]<unsigned Digits>(std::integral_constant<unsigned, Digits>) {
                                  using Number = scalar::Witness<Digits>;
                                  const std::vector<Number> x(flat.begin(), flat.end());
                                  const std::vector<Number> u(cotangent.begin(), cotangent.end());
                                  std::vector<Number> gradient(flat.size());
                                  std::vector<std::span<const Number>> inputs;
                                  std::vector<std::span<Number>> buffers;
                                  std::size_t at = 0;
                                  for (const scalar::Shape& shape : shapes) {
                                      const std::size_t size = scalar::element_count(shape);
                                      inputs.push_back(std::span(x).subspan(at, size));
                                      buffers.push_back(std::span(gradient).subspan(at, size));
                                      at += size;
                                  }
                                  Forms<V, Number, NoObject, Indices, Attributes>::vjp(
                                      vjp, nullptr)({{}, attributes, inputs, u, {}, {}, buffers});
                                  return gradient;
                              });
}

}  // namespace gradproof::testing::detail
