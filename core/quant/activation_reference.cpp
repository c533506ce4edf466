// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/activation_reference.h"

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

namespace a2q::reference {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

class QuantizeActivation : public torch::autograd::Function<QuantizeActivation> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& d, double qmin,
                        double qmax) {
    context->save_for_backward({x, d});
    context->saved_data["qmin"] = qmin;
    context->saved_data["qmax"] = qmax;
    const Tensor s = d.exp2();
    return (x * s.reciprocal()).round().clamp(qmin, qmax) * s;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& gradients) {
    const auto saved = context->get_saved_variables();
    const double qmin = context->saved_data["qmin"].toDouble();
    const double qmax = context->saved_data["qmax"].toDouble();
    const Tensor s = saved[1].exp2();
    const Tensor z = saved[0] * s.reciprocal();
    const Tensor nearest = z.round();
    const Tensor inside = (nearest >= qmin).logical_and(nearest <= qmax);
    const Tensor residual = nearest.clamp(qmin, qmax) - z * inside;
    const Tensor grad_d = M_LN2 * s * (gradients[0] * residual).sum();
    return {gradients[0] * inside, grad_d.view(saved[1].sizes()), Tensor(), Tensor()};
  }
};

}  // namespace

Tensor quantizeActivation(const Tensor& x, const Tensor& d, IntegerFormat format) {
  return QuantizeActivation::apply(x, d, static_cast<double>(format.minimum()),
                                   static_cast<double>(format.maximum()));
}

}  // namespace a2q::reference
