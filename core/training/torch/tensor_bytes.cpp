// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/tensor_bytes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>
#include <utility>

namespace a2q {
namespace {

using torch::Tensor;

torch::ScalarType scalarType(TensorType type) {
  switch (type) {
    case TensorType::kFloat32: return torch::kFloat32;
    case TensorType::kFloat64: return torch::kFloat64;
    case TensorType::kInt32: return torch::kInt32;
    case TensorType::kInt64: return torch::kInt64;
    case TensorType::kUint8: return torch::kUInt8;
  }
  return torch::kFloat32;
}

TensorType kept(torch::ScalarType type) {
  if (type == torch::kFloat64) return TensorType::kFloat64;
  return type == torch::kInt64 ? TensorType::kInt64 : TensorType::kFloat32;
}

}  // namespace

NamedTensor toNamedTensor(std::string name, const Tensor& tensor) {
  const TensorType type = kept(tensor.scalar_type());
  const Tensor flat = tensor.detach().to(torch::kCPU, scalarType(type)).contiguous();
  NamedTensor out{std::move(name), type, flat.sizes().vec(), {}};
  out.bytes.resize(flat.nbytes());
  if (!out.bytes.empty()) std::memcpy(out.bytes.data(), flat.data_ptr(), out.bytes.size());
  return out;
}

Tensor toTensor(const NamedTensor& tensor) {
  Tensor out = torch::empty(tensor.shape, scalarType(tensor.type));
  if (!tensor.bytes.empty()) std::memcpy(out.data_ptr(), tensor.bytes.data(), out.nbytes());
  return out;
}

Status setFromNamedTensor(Tensor& target, const NamedTensor& source) {
  if (target.sizes() != at::IntArrayRef(source.shape)) {
    return fail(ErrorCode::kFileFormat,
                fmt::format("'{}' has the shape [{}], the network needs [{}]", source.name,
                            fmt::join(source.shape, ", "), fmt::join(target.sizes().vec(), ", ")),
                "the weights are of another network");
  }
  const torch::NoGradGuard guard;
  target.copy_(toTensor(source));
  return {};
}

}  // namespace a2q
