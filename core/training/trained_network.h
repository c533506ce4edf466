// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/bounds/certificate.h"
#include "core/network/graph.h"
#include "core/network/network_spec.h"

namespace a2q {

/// A trained layer with weights: its integers q and what they stand for, w = q · scale[c], real
/// result = Σ w·x + bias[c].
struct TrainedWeights {
  std::size_t node = 0;  ///< position in NetworkGraph::nodes
  IntegerWeights integers;
  std::vector<double> scales;  ///< s > 0 of each output channel
  std::vector<double> biases;  ///< of each output channel; empty: none
};

/// A trained batch norm: y = (x − mean[c]) · factor[c] + beta[c], factor = γ/√(variance + ε), in
/// double precision and in this order.
struct TrainedNorm {
  std::size_t node = 0;
  std::vector<double> mean;
  std::vector<double> factor;
  std::vector<double> beta;
};

/// A trained activation quantizer: code = clip(round(y · (1/scale)), format), ties to even.
struct TrainedActivation {
  std::size_t node = 0;
  IntegerFormat format;
  double scale = 1;
};

/// A quantized network as training left it: everything that lowering to integers needs.
struct TrainedNetwork {
  NetworkSpec network;
  NetworkGraph graph;
  std::vector<TrainedWeights> weights;
  std::vector<TrainedNorm> norms;
  std::vector<TrainedActivation> activations;
};

}  // namespace a2q
