// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/network/graph.h"
#include "core/network/network_spec.h"
#include "core/training/run_record.h"

namespace a2q {

/// One tensor of a file and the parameter of the network that takes it.
struct WeightMatch {
  std::string from;       ///< name in the file: "module.features.0.weight"
  std::string parameter;  ///< name here: "conv1.v"
  std::string how;        ///< "same name", "name of PyTorch", "order and shape"
};

/// Float weights that fit a network, under the names of this program ("<layer>.v", ".bias",
/// ".gamma", ".beta", ".running_mean", ".running_var"; kFloat32, in the network's shapes), and how
/// they were found.
struct ImportedWeights {
  std::vector<NamedTensor> parameters;
  std::vector<WeightMatch> matches;
  std::vector<std::string> unused;   ///< tensors of the file that nothing takes
  std::vector<std::string> missing;  ///< parameters of the network that nothing gives
};

/// Matches the tensors of a file to the parameters of a network: by this program's names, by
/// PyTorch's (weight, bias, running_mean, running_var; with prefixes such as "module." and "." or
/// "_" between words), then what is left in order and by shape. Integer tensors such as
/// num_batches_tracked are passed over. Errors: kSpecValue when weights of a layer are missing or
/// have another shape, naming both.
[[nodiscard]] Result<ImportedWeights> importWeights(const std::vector<NamedTensor>& tensors,
                                                    const NetworkSpec& network,
                                                    const NetworkGraph& graph);

/// What matched what (a line a tensor, one for all of the same name), what was not used, what stays
/// at its initial value.
[[nodiscard]] std::string importText(const ImportedWeights& weights);

}  // namespace a2q
