// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/dot_run.h"

#include <algorithm>
#include <numeric>

#include "core/integer/fast/quad_planes.h"
#include "core/quant/multiversion.h"

namespace a2q {
namespace {

/// Columns that a register tile of the dense kernels and of the byte sums takes.
constexpr std::int64_t kDenseColumns = 6;
constexpr std::int64_t kByteSumColumns = 8;
/// What a tile's inputs may take of the first cache, and how large tiles become at most.
constexpr std::int64_t kFirstCache = 24 * 1024;
constexpr std::int64_t kMostRepeats = 8;
/// Quads of a result that count as few, and what packed planes may take of the second cache.
constexpr std::int64_t kFewQuads = 64;
constexpr std::int64_t kSecondCache = 768 * 1024;
/// Results of planes with fewer positions are computed for all samples of a group together.
constexpr std::int64_t kSmallPlane = 24;

A2Q_MULTIVERSION void addTap(std::int32_t weight, const std::uint8_t* bytes, std::int64_t lanes,
                             std::int32_t* sums) {
  for (std::int64_t l = 0; l < lanes; ++l) sums[l] += weight * bytes[l];
}

A2Q_MULTIVERSION void addWideTap(std::int64_t weight, const std::int64_t* values,
                                 std::int64_t lanes, std::int64_t* sums) {
  for (std::int64_t l = 0; l < lanes; ++l) sums[l] += weight * values[l];
}

/// One dot product of one group of samples.
class DotRun {
 public:
  DotRun(const DotPlan& plan, const DotGeometry& geometry, const LaneKernels& kernels,
         const LaneTensor& input, const ThresholdTable* table, LaneTensor& out, DotScratch& scratch)
      : plan_(plan),
        geometry_(geometry),
        kernels_(kernels),
        input_(input),
        table_(table),
        out_(out),
        scratch_(scratch),
        outputs_(geometry.output.height * geometry.output.width),
        window_(geometry.window.count()) {}

  void dense() {
    const std::int64_t strips = geometry_.lanes / kQuadLanes;
    const std::int64_t size = quadPlanesSize(plan_, geometry_);
    // Where a result takes few inputs, writing decides: whole rows of lanes at a time.
    const bool whole_rows = geometry_.quads_of_group <= kFewQuads && size * strips <= kSecondCache;
    const bool together = whole_rows || outputs_ * window_ < kSmallPlane;
    const std::int64_t step = together ? strips : 1;
    scratch_.planes.reserve(static_cast<std::size_t>(size * step));
    auto* planes = scratch_.planes.as<std::uint8_t>();
    const std::int64_t tile = tileOutputs(kDenseColumns) * denseRepeat();
    for (std::int64_t strip = 0; strip < strips; strip += step) {
      for (std::int64_t s = 0; s < step; ++s) {
        packQuadPlanes(input_, plan_, geometry_, (strip + s) * kQuadLanes, planes + s * size);
      }
      for (std::int64_t first = 0; first < outputs_ * step; first += tile) {
        const std::int64_t end = std::min(first + tile, outputs_ * step);
        scratch_.columns.clear();
        scratch_.targets.clear();
        for (std::int64_t i = first; i < end; ++i) {
          const std::int64_t s = whole_rows ? i % step : i / outputs_;
          const std::int64_t output = whole_rows ? i / step : i % outputs_;
          for (std::int64_t w = 0; w < window_; ++w) {
            scratch_.columns.push_back(planes + s * size +
                                       positionOf(output * window_ + w) * kQuadLanes * 4);
          }
          scratch_.targets.push_back(target(output, (strip + s) * kQuadLanes));
        }
        denseTile(end - first);
      }
    }
  }

  void byteSums() {
    const std::uint8_t* planes = paddedPlanes();
    const std::int64_t tile = tileOutputs(kByteSumColumns);
    scratch_.sums.reserve(static_cast<std::size_t>(tile * window_ * geometry_.lanes * 2));
    for (std::int64_t first = 0; first < outputs_; first += tile) {
      const std::int64_t count = std::min(tile, outputs_ - first);
      scratch_.columns.clear();
      scratch_.targets.clear();
      for (std::int64_t o = first; o < first + count; ++o) {
        for (std::int64_t w = 0; w < window_; ++w) {
          scratch_.columns.push_back(planes + positionOf(o * window_ + w) * geometry_.lanes);
        }
        scratch_.targets.push_back(target(o, 0));
      }
      byteSumTile(count);
    }
  }

  void taps() {
    const std::uint8_t* planes = paddedPlanes();
    const std::int64_t lanes = geometry_.lanes;
    scratch_.sums.reserve(static_cast<std::size_t>(window_ * lanes * 4));
    auto* sums = scratch_.sums.as<std::int32_t>();
    const IntegerWeights& weights = plan_.dot->weights;
    for (std::int64_t c = 0; c < weights.channels; ++c) {
      const auto row = weights.channel(c);
      const std::int64_t* tap_rows =
          geometry_.tap_rows.data() + c / plan_.group_channels * weights.k;
      const auto start = static_cast<std::int32_t>(plan_.starts[static_cast<std::size_t>(c)]);
      for (std::int64_t o = 0; o < outputs_; ++o) {
        std::fill_n(sums, window_ * lanes, start);
        for (std::int64_t w = 0; w < window_; ++w) {
          const std::int64_t position = positionOf(o * window_ + w);
          for (std::int64_t k = 0; k < weights.k; ++k) {
            const std::int32_t weight = row[static_cast<std::size_t>(k)];
            if (weight == 0) continue;
            addTap(weight, planes + (tap_rows[k] + position) * lanes, lanes, sums + w * lanes);
          }
        }
        finishTaps(c, o, sums);
      }
    }
  }

  void wide() {
    const IntegerWeights& weights = plan_.dot->weights;
    const Extent& padding = plan_.dot->padding;
    const Shape& in = geometry_.input;
    std::vector<std::int64_t> value(static_cast<std::size_t>(geometry_.lanes));
    std::vector<std::int64_t> sums(value.size());
    for (std::int64_t c = 0; c < weights.channels; ++c) {
      const auto row = weights.channel(c);
      const std::int64_t* tap_rows =
          geometry_.tap_rows.data() + c / plan_.group_channels * weights.k;
      for (std::int64_t o = 0; o < outputs_; ++o) {
        std::ranges::fill(sums, 0);
        for (std::int64_t k = 0; k < weights.k; ++k) {
          const std::int64_t at = tap_rows[k] + positionOf(o);
          const std::int64_t x = at % geometry_.padded.width - padding.width;
          const std::int64_t line = at / geometry_.padded.width;
          const std::int64_t y = line % geometry_.padded.height - padding.height;
          const std::int64_t channel = line / geometry_.padded.height;
          if (x < 0 || x >= in.width || y < 0 || y >= in.height) continue;
          readRow(input_, (channel * in.height + y) * in.width + x, value.data());
          addWideTap(row[static_cast<std::size_t>(k)], value.data(), geometry_.lanes, sums.data());
        }
        writeRow(out_, c * outputs_ + o, sums.data());
      }
    }
  }

 private:
  /// Outputs of a tile whose columns fill register tiles, as far as windows let them.
  [[nodiscard]] std::int64_t tileOutputs(std::int64_t columns) const {
    return std::lcm(columns, window_) <= 4 * columns ? std::lcm(columns, window_) / window_
                                                     : std::max<std::int64_t>(1, columns / window_);
  }

  /// Register tiles whose inputs stay in the first cache together: layers with few inputs take
  /// more, so that thresholds of a channel pay for being set up.
  [[nodiscard]] std::int64_t denseRepeat() const {
    const Extent& kernel = plan_.dot->kernel;
    const Extent& stride = plan_.dot->stride;
    const std::int64_t column = plan_.quads * kernel.height * stride.width * kQuadLanes * 4;
    return std::clamp<std::int64_t>(kFirstCache / (column * kDenseColumns), 1, kMostRepeats);
  }

  [[nodiscard]] std::int64_t positionOf(std::int64_t result) const {
    return geometry_.positions[static_cast<std::size_t>(result)];
  }

  /// Where an output of a channel goes, from a lane on, relative to the channel's first; bytes are
  /// only written with thresholds.
  [[nodiscard]] std::int64_t target(std::int64_t output, std::int64_t lane) const {
    return (output * geometry_.lanes + lane) * elementSize();
  }
  [[nodiscard]] std::int64_t elementSize() const { return table_ != nullptr ? 1 : 4; }
  [[nodiscard]] std::uint8_t* channelStart(std::int64_t channel) {
    return out_.data.as<std::uint8_t>() + channel * outputs_ * geometry_.lanes * elementSize();
  }

  [[nodiscard]] std::int32_t* rawTarget(std::int64_t channel, std::int64_t output) {
    return reinterpret_cast<std::int32_t*>(channelStart(channel) +
                                           scratch_.targets[static_cast<std::size_t>(output)]);
  }

  [[nodiscard]] ThresholdTile thresholdsOf(std::int64_t channel, std::int64_t outputs) {
    ThresholdTile tile = table_->channel(channel);
    tile.window = window_;
    tile.outputs = outputs;
    tile.to = channelStart(channel);
    tile.offsets = scratch_.targets.data();
    return tile;
  }

  const std::uint8_t* paddedPlanes() {
    if (geometry_.padded == geometry_.input) return input_.row<std::uint8_t>(0);
    scratch_.planes.reserve(static_cast<std::size_t>(geometry_.padded.size() * geometry_.lanes));
    padPlanes(input_, geometry_, scratch_.planes.as<std::uint8_t>());
    return scratch_.planes.as<std::uint8_t>();
  }

  void denseTile(std::int64_t outputs) {
    const auto columns = static_cast<std::int64_t>(scratch_.columns.size());
    const std::int64_t channel_sums = columns * kQuadLanes;
    scratch_.sums.reserve(static_cast<std::size_t>(kQuadChannels * channel_sums * 4));
    auto* sums = scratch_.sums.as<std::int32_t>();
    for (const DenseBlock& block : plan_.blocks) {
      block.kernel(
          {.columns = scratch_.columns.data(),
           .count = columns,
           .offsets = geometry_.quad_offsets.data() + block.group * geometry_.quads_of_group,
           .quads = geometry_.quads_of_group,
           .weights = block.weights.data(),
           .starts = block.starts,
           .sums = sums,
           .stride = columns});
      for (std::int64_t c = 0; c < block.count; ++c) {
        const std::int32_t* from = sums + c * channel_sums;
        if (table_ != nullptr) {
          kernels_.thresholds(thresholdsOf(block.channel + c, outputs), from);
          continue;
        }
        for (std::int64_t o = 0; o < outputs; ++o) {
          std::copy_n(from + o * kQuadLanes, kQuadLanes, rawTarget(block.channel + c, o));
        }
      }
    }
  }

  void byteSumTile(std::int64_t outputs) {
    const std::int64_t lanes = geometry_.lanes;
    const int kind = rowKind(lanes);
    auto* sums = scratch_.sums.as<std::int16_t>();
    for (std::size_t c = 0; c < plan_.programs.size(); ++c) {
      const ByteSumProgram& program = plan_.programs[c];
      kernels_.byte_sums[kind](
          {.columns = scratch_.columns.data(),
           .count = static_cast<std::int64_t>(scratch_.columns.size()),
           .chunks = program.chunks.data(),
           .chunk_count = static_cast<std::int64_t>(program.chunks.size()),
           .offsets = geometry_.entry_offsets.data() + geometry_.entry_first[c],
           .last_shift = program.last_shift,
           .start = static_cast<std::int16_t>(program.start + plan_.starts[c]),
           .sums = sums});
      if (table_ != nullptr) {
        kernels_.word_thresholds[kind](thresholdsOf(static_cast<std::int64_t>(c), outputs), sums);
        continue;
      }
      for (std::int64_t o = 0; o < outputs; ++o) {
        auto* to = rawTarget(static_cast<std::int64_t>(c), o);
        const std::int16_t* even = sums + o * lanes;
        for (std::int64_t l = 0; l < lanes; ++l) to[l] = even[l % 2 * (lanes / 2) + l / 2];
      }
    }
  }

  void finishTaps(std::int64_t channel, std::int64_t output, const std::int32_t* sums) {
    const std::int64_t lanes = geometry_.lanes;
    if (table_ == nullptr) {
      std::copy_n(sums, lanes, out_.row<std::int32_t>(channel * outputs_ + output));
      return;
    }
    for (std::int64_t first = 0; first < lanes; first += kQuadLanes) {
      alignas(64) std::int32_t largest[kQuadLanes];
      std::copy_n(sums + first, kQuadLanes, largest);
      for (std::int64_t w = 1; w < window_; ++w) {
        for (std::int64_t l = 0; l < kQuadLanes; ++l) {
          largest[l] = std::max(largest[l], sums[w * lanes + first + l]);
        }
      }
      ThresholdTile tile = table_->channel(channel);
      const std::int64_t to = target(output, first);
      tile.outputs = 1;
      tile.to = channelStart(channel);
      tile.offsets = &to;
      kernels_.thresholds(tile, largest);
    }
  }

  const DotPlan& plan_;
  const DotGeometry& geometry_;
  const LaneKernels& kernels_;
  const LaneTensor& input_;
  const ThresholdTable* table_;
  LaneTensor& out_;
  DotScratch& scratch_;
  std::int64_t outputs_;  ///< positions of a plane, after the window
  std::int64_t window_;
};

}  // namespace

void runDot(const DotPlan& plan, const DotGeometry& geometry, const LaneKernels& kernels,
            const LaneTensor& input, const ThresholdTable* table, LaneTensor& out,
            DotScratch& scratch) {
  DotRun run(plan, geometry, kernels, input, table, out, scratch);
  switch (plan.kernel) {
    case DotKernel::kDense: return run.dense();
    case DotKernel::kByteSums: return run.byteSums();
    case DotKernel::kTaps: return run.taps();
    case DotKernel::kWide: return run.wide();
  }
}

}  // namespace a2q
