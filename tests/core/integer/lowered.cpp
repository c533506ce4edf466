// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/integer/lowered.h"

#include <cstring>
#include <random>
#include <stdexcept>

#include "core/integer/lowering.h"

namespace a2q::testing {

IntegerNetwork loweredOf(const Experiment& experiment, const std::vector<NamedTensor>& parameters) {
  auto trained = openTrainer().value()->integers(experiment, parameters);
  if (!trained) throw std::runtime_error(describe(trained.error()));
  auto lowered = lowerToIntegers(*trained);
  if (!lowered) throw std::runtime_error(describe(lowered.error()));
  return std::move(*lowered);
}

std::vector<NamedTensor> scrambled(std::vector<NamedTensor> parameters, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  for (NamedTensor& tensor : parameters) {
    const auto fill = [&](auto draw) {
      for (std::size_t at = 0; at < tensor.bytes.size(); at += sizeof(float)) {
        const float value = draw();
        std::memcpy(tensor.bytes.data() + at, &value, sizeof value);
      }
    };
    if (tensor.name.ends_with(".gamma")) {
      fill([&] { return random() % 8 == 0 ? 0.0F : normal(random); });
    } else if (tensor.name.ends_with(".beta") || tensor.name.ends_with(".running_mean") ||
               tensor.name.ends_with(".bias")) {
      fill([&] { return normal(random) / 2; });
    } else if (tensor.name.ends_with(".running_var")) {
      fill([&] {
        const float deviation = normal(random);
        return 0.05F + deviation * deviation;
      });
    }
  }
  return parameters;
}

std::vector<std::int32_t> randomCodes(const IntegerNetwork& network, std::int64_t samples,
                                      std::uint32_t seed) {
  const IntegerNode& input = network.nodes.front();
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int32_t> code(static_cast<std::int32_t>(input.range.minimum),
                                                   static_cast<std::int32_t>(input.range.maximum));
  std::vector<std::int32_t> codes(static_cast<std::size_t>(samples * input.output.size()));
  for (std::int32_t& value : codes) value = code(random);
  return codes;
}

}  // namespace a2q::testing
