// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hw_backend/design/design_network.h"

namespace a2q {

/// A value between two layers while a DesignNetwork is built: who gives it, in which shape it is
/// seen, and every integer it can be.
struct DesignValue {
  std::size_t layer = 0;
  Shape shape;
  IntegerRange range;
};

/// What both ways to a DesignNetwork share: one function a layer, in topological order.
class DesignBuilder {
 public:
  explicit DesignBuilder(std::string name) { network_.name = std::move(name); }

  [[nodiscard]] DesignValue source(const std::string& name, const Shape& shape,
                                   IntegerFormat format);

  struct Dot {
    Extent kernel;
    Extent stride;
    Extent padding;
    std::int64_t groups = 1;
    BitWidth weights;
    IntegerRange range;  ///< of the sums
    AccumulatorChoice choice;
  };
  /// Errors: kNotInLibrary for groups that are neither one nor one each channel.
  [[nodiscard]] Result<DesignValue> dot(const std::string& name, const DesignValue& input,
                                        const Shape& output, const Dot& dot);

  /// `constants` are the thresholds, where they are known.
  [[nodiscard]] DesignValue thresholds(const std::string& name, const DesignValue& input,
                                       IntegerFormat format,
                                       const std::vector<std::int64_t>& constants = {});

  struct Window {
    Extent kernel;
    Extent stride;
    Extent padding;
    bool sums = false;
  };
  /// Errors: kNotInLibrary for a maximum of signed codes with padding: windows are padded with
  /// zeros.
  [[nodiscard]] Result<DesignValue> pool(const std::string& name, const DesignValue& input,
                                         const Shape& output, const Window& window);
  [[nodiscard]] DesignValue add(const std::string& name, const std::vector<DesignValue>& inputs);
  [[nodiscard]] DesignValue concat(const std::string& name, const std::vector<DesignValue>& inputs);
  /// Nearest-neighbour enlargement, and depth to space.
  [[nodiscard]] DesignValue upsample(const std::string& name, const DesignValue& input,
                                     std::int64_t factor);
  [[nodiscard]] DesignValue shuffle(const std::string& name, const DesignValue& input,
                                    std::int64_t factor);
  [[nodiscard]] static DesignValue flat(DesignValue input);

  /// Notes that the layer of a value computes this node of an IntegerNetwork.
  void computes(const DesignValue& value, std::size_t node);

  /// The network of all that was appended. Errors: kNotInLibrary where there is nothing but the
  /// source.
  [[nodiscard]] Result<DesignNetwork> finish();

 private:
  DesignValue append(DesignLayer layer, const std::vector<DesignValue>& inputs, IntegerRange range);
  DesignNetwork network_;
};

/// The error of a layer that has no block.
[[nodiscard]] tl::unexpected<Error> notInLibrary(const std::string& layer, const std::string& what,
                                                 const std::string& remedy = {});

}  // namespace a2q
