// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/code_trace.h"

#include <cmath>
#include <utility>

#include "core/training/torch/torch_errors.h"

namespace a2q {
namespace {

using torch::Tensor;

Tensor exact(const Tensor& values) { return values.detach().to(torch::kFloat64); }

/// The factor of a batch norm with running statistics: γ/√(variance + ε).
Tensor factorOf(const BatchNorm& norm) {
  return exact(norm.gamma) / (exact(norm.running_var) + norm.epsilon).sqrt();
}

/// Values per channel, shaped to meet [B, C, H, W] or [B, C].
Tensor perChannel(const Tensor& values, const Tensor& like) {
  return like.dim() == 4 ? values.view({1, -1, 1, 1}) : values.view({1, -1});
}

Tensor normalised(const Tensor& x, const BatchNorm& norm) {
  return (x - perChannel(exact(norm.running_mean), x)) * perChannel(factorOf(norm), x) +
         perChannel(exact(norm.beta), x);
}

/// In the precision and layout of training.
Tensor single(const Tensor& values) {
  const Tensor out = values.to(torch::kFloat32);
  return out.dim() == 4 ? out.contiguous(at::MemoryFormat::ChannelsLast) : out;
}

bool isAverage(const LayerKind& kind) {
  const auto* pool = std::get_if<PoolLayer>(&kind);
  return pool != nullptr && pool->kind == PoolKind::kAverage;
}

std::vector<double> toVector(const Tensor& values) {
  const Tensor flat = values.to(torch::kCPU).to(torch::kFloat64).contiguous().view({-1});
  const auto* from = flat.data_ptr<double>();
  return {from, from + flat.numel()};
}

Shape shapeOf(const Tensor& x) {
  return {x.size(1), x.dim() == 4 ? x.size(2) : 1, x.dim() == 4 ? x.size(3) : 1};
}

}  // namespace

double scaleAt(const GraphModel& model, const NetworkGraph& graph, std::size_t node) {
  const GraphStep& step = model.steps()[node];
  if (step.quantizer != nullptr) return step.quantizer->scale();
  if (const auto* input = std::get_if<InputLayer>(&step.kind)) return input->scale;
  const std::size_t from = step.inputs.front();
  const double scale = scaleAt(model, graph, from);
  if (!isAverage(step.kind)) return scale;
  // A mean of codes is a sum of codes at a finer scale.
  const auto& pool = std::get<PoolLayer>(step.kind);
  const Shape& whole = graph.nodes[from].output;
  const bool global = pool.kernel == Extent{0, 0};
  const std::int64_t area =
      global ? whole.height * whole.width : pool.kernel.height * pool.kernel.width;
  return scale / static_cast<double>(area);
}

/// What a quantizer rounds, in units of its scale, and the codes it gives.
struct TorchCodeTracer::Quantized {
  Tensor before;
  Tensor codes;
};

TorchCodeTracer::TorchCodeTracer(NetworkGraph graph, std::unique_ptr<GraphModel> model,
                                 torch::Device device)
    : graph_(std::move(graph)), model_(std::move(model)), device_(device) {}

TorchCodeTracer::Quantized TorchCodeTracer::quantized(const GraphStep& step,
                                                      const Tensor& x) const {
  const IntegerFormat format = step.quantizer->format();
  const Tensor y = step.norm == nullptr ? x : normalised(x, *step.norm);
  const Tensor before = y * (1 / step.quantizer->scale());
  return {before, before.round().clamp(static_cast<double>(format.minimum()),
                                       static_cast<double>(format.maximum()))};
}

Tensor TorchCodeTracer::sums(std::size_t node, const Tensor& x) const {
  const GraphStep& step = model_->steps()[node];
  const WeightLayer& layer = *step.weights;
  const double scale = scaleAt(*model_, graph_, step.inputs.front());
  const Tensor codes = (x / scale).round();
  const Tensor whole = layer.apply(codes, layer.integerTensor().to(torch::kFloat64), {}).round();
  Tensor out = whole * perChannel(exact(layer.scales()) * scale, whole);
  if (layer.bias().defined()) out = out + perChannel(exact(layer.bias()), out);
  return out;
}

Tensor TorchCodeTracer::exactNode(std::size_t node, const std::vector<Tensor>& values) const {
  const GraphStep& step = model_->steps()[node];
  const Tensor& x = values[step.inputs.front()];
  if (step.weights != nullptr) return sums(node, x);
  if (step.quantizer != nullptr) return quantized(step, x).codes * step.quantizer->scale();
  if (step.norm != nullptr) return normalised(x, *step.norm);
  std::vector<Tensor> inputs;
  for (const std::size_t input : step.inputs) inputs.push_back(values[input]);
  const Tensor out = runPlain(step.kind, inputs);
  if (!isAverage(step.kind) && !std::holds_alternative<AddLayer>(step.kind)) return out;
  // Sums of codes are codes again, at a scale that is known.
  const double scale = scaleAt(*model_, graph_, node);
  return (out / scale).round() * scale;
}

Result<CodeTrace> TorchCodeTracer::trace(std::span<const std::int32_t> codes, std::int64_t samples,
                                         const Shape& shape) {
  return guarded<CodeTrace>([&] { return follow(codes, samples, shape); });
}

CodeTrace TorchCodeTracer::follow(std::span<const std::int32_t> codes, std::int64_t samples,
                                  const Shape& shape) const {
  const torch::NoGradGuard guard;
  const auto& steps = model_->steps();
  const Tensor input = torch::tensor(at::ArrayRef<std::int32_t>(codes.data(), codes.size()))
                           .view({samples, shape.channels, shape.height, shape.width})
                           .to(device_, torch::kFloat64) *
                       scaleAt(*model_, graph_, 0);
  std::vector<Tensor> values(steps.size());
  std::vector<Tensor> singles(steps.size());  // what training's precision makes of the same inputs
  CodeTrace trace;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const GraphStep& step = steps[i];
    if (step.fused_away) continue;
    values[i] = step.inputs.empty() ? input : exactNode(i, values);
    singles[i] = step.weights != nullptr || step.quantizer != nullptr || step.norm != nullptr
                     ? model_->runNode(i, singles)
                     : single(values[i]);
    if (step.quantizer != nullptr) {
      const Quantized here = quantized(step, values[step.inputs.front()]);
      const Tensor rounded = (singles[i].to(torch::kFloat64) / step.quantizer->scale()).round();
      const Tensor differs = rounded != here.codes;
      TracedCodes traced{i, shapeOf(here.codes), {}, differs.sum().item<std::int64_t>(), 0};
      if (traced.float_differences > 0) {
        const Tensor tie = (rounded + here.codes) / 2;
        traced.farthest_from_tie = ((here.before - tie).abs() * differs).max().item<double>();
      }
      const Tensor whole = here.codes.to(torch::kCPU).to(torch::kInt32).contiguous();
      traced.codes.assign(whole.data_ptr<std::int32_t>(),
                          whole.data_ptr<std::int32_t>() + whole.numel());
      trace.activations.push_back(std::move(traced));
      singles[i] = single(values[i]);
    }
    for (const std::size_t done : step.last_reads) {
      values[done] = Tensor();
      singles[done] = Tensor();
    }
  }
  trace.output_shape = shapeOf(values.back());
  trace.output = toVector(values.back());
  return trace;
}

TrainedNetwork trainedNetworkOf(const NetworkSpec& network, const NetworkGraph& graph,
                                const GraphModel& model) {
  TrainedNetwork out{network, graph, {}, {}, {}};
  for (std::size_t i = 0; i < model.weightLayers().size(); ++i) {
    const WeightLayer& layer = *model.weightLayers()[i];
    TrainedWeights weights{model.weightNodes()[i], layer.integers(), toVector(layer.scales()), {}};
    if (layer.bias().defined()) weights.biases = toVector(layer.bias().detach());
    out.weights.push_back(std::move(weights));
  }
  for (std::size_t i = 0; i < model.steps().size(); ++i) {
    const GraphStep& step = model.steps()[i];
    if (step.quantizer != nullptr) {
      out.activations.push_back({i, step.quantizer->format(), step.quantizer->scale()});
    } else if (step.norm != nullptr) {
      out.norms.push_back({i, toVector(step.norm->running_mean), toVector(factorOf(*step.norm)),
                           toVector(step.norm->beta.detach())});
    }
  }
  return out;
}

}  // namespace a2q
