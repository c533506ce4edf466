// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/quant_spec.h"

namespace a2q {

std::string_view methodName(QuantMethod method) {
  switch (method) {
    case QuantMethod::kFloat: return "float";
    case QuantMethod::kQat: return "qat";
    case QuantMethod::kA2q: return "a2q";
    case QuantMethod::kA2qPlus: return "a2q+";
  }
  return "float";
}

}  // namespace a2q
