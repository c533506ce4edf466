// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/accumulator_simulation.h"

#include <cmath>

namespace a2q {

using torch::Tensor;

Tensor wrappedLayer(const WeightLayer& layer, const Tensor& x, double input_scale,
                    BitWidth accumulator, std::int64_t& overflows) {
  const Tensor codes = (x.to(torch::kFloat64) / input_scale).round();
  const Tensor sums = layer.apply(codes, layer.integerTensor().to(torch::kFloat64), {});
  const double modulus = std::ldexp(1.0, accumulator.bits);
  const double half = modulus / 2;
  const Tensor wrapped = sums - modulus * ((sums + half) / modulus).floor();
  overflows += (wrapped != sums).sum().item<std::int64_t>();
  const auto per_channel = [&sums](const Tensor& values) {
    return sums.dim() == 4 ? values.view({1, -1, 1, 1}) : values.view({1, -1});
  };
  Tensor out = wrapped * per_channel(layer.scales().to(torch::kFloat64) * input_scale);
  if (layer.bias().defined()) out = out + per_channel(layer.bias().to(torch::kFloat64));
  return out.to(x.scalar_type());
}

}  // namespace a2q
