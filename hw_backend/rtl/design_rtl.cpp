// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/design_rtl.h"

#include <fmt/format.h>

#include "core/bounds/certificate.h"
#include "hw_backend/design/design_builder.h"
#include "hw_backend/rtl/dot_shape.h"
#include "hw_backend/rtl/stage_constants.h"
#include "hw_backend/rtl/verilog_module.h"
#include "hw_backend/rtl/verilog_name.h"

namespace a2q {
namespace {

/// Lanes of `from` bits, each extended to `to` bits, as an expression.
std::string extended(const std::string& net, std::int64_t lanes, std::int64_t from, std::int64_t to,
                     bool is_signed) {
  std::string text;
  for (std::int64_t lane = lanes; lane-- > 0;) {
    const std::int64_t high = lane * from + from - 1;
    const std::string fill = is_signed ? fmt::format("{}[{}]", net, high) : "1'b0";
    text += fmt::format("{{{}{{{}}}}}, {}[{}:{}]{}", to - from, fill, net, high, lane * from,
                        lane > 0 ? ", " : "");
  }
  return "{" + text + "}";
}

class DesignWriter {
 public:
  DesignWriter(const DataflowDesign& design, const IntegerNetwork& network,
               const RtlOptions& options)
      : design_(design),
        network_(network),
        options_(options),
        orders_(streamOrders(network)),
        top_(options.name),
        given_(design.stages.size()) {}

  Result<RtlFiles> write() {
    if (Status status = checkLayers(); !status) return forward(std::move(status));
    for (at_ = 0; at_ < design_.stages.size(); ++at_)
      if (Status status = addStage(); !status) return forward(std::move(status));
    if (options_.monitor == OverflowMonitor::kOn) {
      top_.output("overflow", 1);
      top_.assign("overflow", flags_.empty() ? "1'b0" : flags_);
    }
    files_.emplace(options_.name + ".v", top_.text());
    return RtlFiles{options_.name, std::move(files_), top_.inputs(), top_.outputs()};
  }

 private:
  /// A stream that a stage gives and nobody has taken yet.
  struct Net {
    std::string name;
    std::int64_t width = 0;
  };

  [[nodiscard]] const Stage& stage() const { return design_.stages[at_]; }

  [[nodiscard]] Status checkLayers() const {
    for (const DesignLayer& layer : design_.network.layers)
      for (const std::size_t node : layer.nodes)
        if (Status status = checkNode(layer, network_.nodes[node]); !status) return status;
    return {};
  }

  [[nodiscard]] Status checkNode(const DesignLayer& layer, const IntegerNode& node) const {
    if (const auto* dot = std::get_if<DotProduct>(&node.operation);
        dot != nullptr && options_.proof == OverflowProof::kHere) {
      const BitWidth smallest = layerBound(dot->weights).smallest;
      if (smallest > layer.accumulator)
        return fail(ErrorCode::kOverflowPossible, fmt::format("layer '{}' can overflow", node.name),
                    fmt::format("its sums need {} bits, and an accumulator has {}", smallest.bits,
                                layer.accumulator.bits));
    }
    if (std::holds_alternative<Sum>(node.operation))
      for (const std::size_t input : node.inputs)
        if (orders_[input] != orders_[node.inputs.front()])
          return notInLibrary(node.name, "a sum of flattened values and others");
    return {};
  }

  Status addStage() {
    const DesignLayer& layer = design_.network.layers[stage().layer];
    const std::string name = fmt::format("b{}", at_);
    RtlOptions options = options_;
    options.name = fmt::format("{}_{}", options_.name, name);
    options.proof = OverflowProof::kElsewhere;
    const bool has_constants = dotShapeOf(stage().block) || thresholdsOf(stage().block);
    auto block = generateBlock(
        stage().block, has_constants ? layerConstants(layer, network_, orders_) : BlockConstants{},
        options);
    if (!block) return forward(std::move(block));
    VerilogInstance instance(block->top, name);
    instance.clocked();
    for (std::size_t i = 0; i < block->inputs.size(); ++i)
      connect(instance, block->inputs[i], layer, i);
    for (const StreamPort& port : block->outputs) give(instance, port, name);
    if (options.monitor == OverflowMonitor::kOn && dotShapeOf(stage().block)) {
      top_.wire(name + "_overflow", 1);
      instance.port("overflow", name + "_overflow");
      flags_ += fmt::format("{}{}_overflow", flags_.empty() ? "" : " | ", name);
    }
    top_.add(instance);
    files_.merge(block->files);
    return {};
  }

  /// The stream of input `i` of the stage: the host's codes, or the next output of a stage.
  Net source(std::size_t i) {
    if (stage().inputs.empty()) {
      const std::int64_t bits = design_.network.layers.front().output_format.width.bits;
      Net host{"in", outputLanes(design_.folding.layers.front()) * bits};
      top_.inputStream(host.name, host.width);
      return host;
    }
    std::vector<Net>& nets = given_[stage().inputs[i]];
    Net net = nets.front();
    nets.erase(nets.begin());
    return net;
  }

  void connect(VerilogInstance& instance, const StreamPort& port, const DesignLayer& layer,
               std::size_t i) {
    const Net net = source(i);
    if (net.width == port.width) {
      instance.stream(port.name, net.name);
      return;
    }
    // Thresholds compare signed numbers of P bits; codes and sums in front of them may be narrower.
    const std::int64_t lanes = thresholdsOf(stage().block)->lanes;
    instance.port(port.name + "_valid", net.name + "_valid")
        .port(port.name + "_ready", net.name + "_ready")
        .port(port.name + "_data",
              extended(net.name + "_data", lanes, net.width / lanes, port.width / lanes,
                       layer.input_formats.front().isSigned()));
  }

  void give(VerilogInstance& instance, const StreamPort& port, const std::string& name) {
    if (at_ + 1 == design_.stages.size()) {
      top_.outputStream("out", port.width);
      instance.stream(port.name, "out");
      return;
    }
    const std::string net = fmt::format("{}_{}", name, port.name);
    top_.wireStream(net, port.width);
    instance.stream(port.name, net);
    given_[at_].push_back({net, port.width});
  }

  const DataflowDesign& design_;
  const IntegerNetwork& network_;
  const RtlOptions& options_;
  std::vector<StreamOrder> orders_;
  VerilogModule top_;
  std::map<std::string, std::string> files_;
  std::vector<std::vector<Net>> given_;  ///< per stage
  std::string flags_;
  std::size_t at_ = 0;
};

}  // namespace

Result<RtlFiles> generateDesign(const DataflowDesign& design, const IntegerNetwork& network,
                                const RtlOptions& options) {
  if (Status status = checkModuleName(options.name); !status) return forward(std::move(status));
  return DesignWriter(design, network, options).write();
}

}  // namespace a2q
