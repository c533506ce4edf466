// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/quant/vector_case.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/atomic_file.h"
#include "core/bounds/accumulator_bounds.h"
#include "core/quant/weight_quantizer.h"

namespace a2q::test {
namespace {

using nlohmann::json;
using torch::Tensor;

double number(const json& value) {
  if (value.is_string()) return std::stod(value.get<std::string>());
  return value.get<double>();
}

/// Python writes NaN as a bare word, which JSON does not know: quotes it.
std::string withQuotedNans(std::string text) {
  constexpr std::string_view kWord = "NaN";
  for (std::size_t at = text.find(kWord); at != std::string::npos; at = text.find(kWord, at)) {
    text.replace(at, kWord.size(), "\"nan\"");
    at += kWord.size() + 2;
  }
  return text;
}

std::vector<double> numbers(const json& values) {
  std::vector<double> out;
  for (const json& value : values) out.push_back(number(value));
  return out;
}

Tensor floats(const json& values) {
  return torch::tensor(numbers(values), torch::kFloat64).to(torch::kFloat32);
}

std::vector<double> toVector(const Tensor& tensor) {
  const Tensor flat = tensor.detach().to(torch::kFloat64).reshape({-1}).contiguous();
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

/// One case of the file, the parameters it gives and the problems found so far.
class Case {
 public:
  explicit Case(const json& source) : c_(source) {
    report_.id = c_.at("id").get<std::string>();
    channels_ = c_.at("shape").at(0).get<std::int64_t>();
    shape_ = c_.at("shape").get<std::vector<std::int64_t>>();
    format_ = {{c_.at("N").get<int>()},
               c_.at("x_signed").get<bool>() ? Signedness::kSigned : Signedness::kUnsigned};
    const bool plus = c_.at("method").get<std::string>() == "a2q_plus";
    rule_ = makeWeightRule(plus ? QuantMethod::kA2qPlus : QuantMethod::kA2q,
                           {c_.at("M").get<int>()}, format_, BitWidth{c_.at("P").get<int>()});
    parameters_ = {floats(c_.at("v")).view(shape_).requires_grad_(),
                   floats(c_.at("d")).requires_grad_(), floats(c_.at("t")).requires_grad_()};
  }

  CaseReport run() {
    checkBudget();
    checkForward();
    checkGradients();
    checkBounds();
    checkPenalty();
    if (c_.at("mode") == "init") checkInitialScales();
    if (c_.at("mode") == "ep_init") checkProjection();
    return std::move(report_);
  }

 private:
  void problem(std::string text) { report_.problems.push_back(std::move(text)); }

  /// Compares to `relative` of the value, or of the largest value where cancellation rules.
  void compare(const char* what, const std::vector<double>& found,
               const std::vector<double>& expected, double relative, double absolute,
               const std::vector<bool>& skip = {}) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (!skip.empty() && skip[i]) continue;
      const double allowed = std::max(relative * std::abs(expected[i]), absolute);
      if (!(std::abs(found[i] - expected[i]) <= allowed) && found[i] != expected[i]) {
        problem(fmt::format("{}[{}] is {:.9g}, expected {:.9g}", what, i, found[i], expected[i]));
        return;
      }
    }
  }

  void checkBudget() {
    const double expected = number(c_.at("T_int"));
    compare("T", {static_cast<double>(static_cast<float>(rule_.budget))}, {expected}, 1e-7, 0);
  }

  void checkForward() {
    quantized_ = quantizeWeight(parameters_, rule_);
    q_ = toVector(integerWeights(quantized_));
    expected_q_ = numbers(c_.at("w_int"));
    const auto near = c_.at("near_integer_idx").get<std::set<std::size_t>>();
    for (std::size_t i = 0; i < q_.size(); ++i) {
      const double allowed = near.contains(i) ? 1 : 0;
      if (std::abs(q_[i] - expected_q_[i]) > allowed) {
        problem(fmt::format("integer weight {} is {}, expected {}", i, q_[i], expected_q_[i]));
        return;
      }
    }
    const auto w = toVector(quantized_.w);
    auto expected_w = numbers(c_.at("w_dequant"));
    const auto s = numbers(c_.at("s"));
    for (std::size_t i = 0; i < w.size(); ++i) {
      expected_w[i] += (q_[i] - expected_q_[i]) * s[channelOf(i)];
    }
    compare("w", w, expected_w, 1e-6, 1e-6);
  }

  void checkGradients() {
    const Tensor r = floats(c_.at("R")).view(shape_);
    (quantized_.w * r).sum().backward();
    const auto boundary = c_.at("clamp_boundary").get<std::vector<bool>>();
    // Gradients of one row share sums, so their accuracy is that of the row's largest terms.
    const auto expected_v = numbers(c_.at("grad_v"));
    const auto found_v = toVector(parameters_.v.grad());
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels_); ++c) {
      const std::size_t k = expected_v.size() / static_cast<std::size_t>(channels_);
      const std::vector<double> found(found_v.begin() + static_cast<std::ptrdiff_t>(c * k),
                                      found_v.begin() + static_cast<std::ptrdiff_t>((c + 1) * k));
      const std::vector<double> expected(
          expected_v.begin() + static_cast<std::ptrdiff_t>(c * k),
          expected_v.begin() + static_cast<std::ptrdiff_t>((c + 1) * k));
      double largest = 0;
      for (const double value : expected) largest = std::max(largest, std::abs(value));
      compare(fmt::format("grad_v of channel {}", c).c_str(), found, expected, 1e-4,
              1e-5 * largest);
    }
    compare("grad_t", toVector(parameters_.t.grad()), numbers(c_.at("grad_t")), 1e-4, 2e-6,
            boundary);
    compare("grad_d", toVector(parameters_.d.grad()), expectedScaleGradient(), 1e-4, 2e-6,
            boundary);
  }

  /// ∂d contains ln2·s·Σ R·q: where an integer may differ by one, so may this sum, by that much.
  std::vector<double> expectedScaleGradient() {
    auto expected = numbers(c_.at("grad_d"));
    const auto r = numbers(c_.at("R"));
    const auto s = numbers(c_.at("s"));
    for (std::size_t i = 0; i < q_.size(); ++i) {
      expected[channelOf(i)] += M_LN2 * s[channelOf(i)] * r[i] * (q_[i] - expected_q_[i]);
    }
    return expected;
  }

  void checkBounds() {
    const auto integers = c_.at("w_int").get<std::vector<std::int32_t>>();
    const std::size_t k = integers.size() / static_cast<std::size_t>(channels_);
    bool fits = true;
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels_); ++c) {
      const SignedSums sums = signedSums(std::span(integers).subspan(c * k, k));
      const AccumulatorRange range = exactRange(sums, rangeOf(format_));
      fits = fits && AccumulatorSpec{{c_.at("P").get<int>()}}.holds(range.low, range.high);
      const bool equal = sums.positive == c_.at("w_int_pos_sum").at(c).get<std::int64_t>() &&
                         sums.negative == c_.at("w_int_neg_sum").at(c).get<std::int64_t>() &&
                         range.high == c_.at("acc_max").at(c).get<std::int64_t>() &&
                         range.low == c_.at("acc_min").at(c).get<std::int64_t>();
      if (!equal) problem(fmt::format("exact range of channel {} differs", c));
    }
    if (fits != c_.at("acc_fits_P").get<bool>()) problem("acc_fits_P differs");
    const Tensor stats = quantized_.stats;
    for (std::int64_t c = 0; c < channels_; ++c) {
      const auto positive = stats[c][WeightStats::kPositive].item<double>();
      const auto negative = stats[c][WeightStats::kNegative].item<double>();
      if (!rule_.holds(std::llround(positive), std::llround(negative))) {
        problem(fmt::format("channel {} overflows P", c));
      }
    }
  }

  void checkPenalty() {
    parameters_.d.mutable_grad().zero_();
    parameters_.t.mutable_grad().zero_();
    const Tensor penalty = weightPenalty(parameters_, rule_);
    penalty.backward();
    // g − s·T loses digits where the two are close: compare with the size of what is subtracted.
    double size = 0;
    for (const double g : numbers(c_.at("g"))) size += std::abs(g);
    compare("penalty", {penalty.item<double>()}, {number(c_.at("penalty_linear"))}, 1e-4,
            1e-6 * size);
    const auto boundary = c_.at("clamp_boundary").get<std::vector<bool>>();
    compare("penalty_grad_t", toVector(parameters_.t.grad()),
            numbers(c_.at("penalty_linear_grad_t")), 1e-4, 1e-6, boundary);
    compare("penalty_grad_d", toVector(parameters_.d.grad()),
            numbers(c_.at("penalty_linear_grad_d")), 1e-4, 1e-6, boundary);
  }

  void checkInitialScales() {
    WeightParameters fresh{floats(c_.at("v")).view(shape_), torch::empty({channels_}),
                           torch::empty({channels_})};
    initialiseScales(fresh, rule_);
    const auto floored = [](Tensor x) { return toVector(x.exp2().clamp_min(kScaleFloor)); };
    compare("initial s", floored(fresh.d), floored(floats(c_.at("init_d"))), 2e-6, 0);
    compare("initial g", floored(fresh.t), floored(floats(c_.at("init_t"))), 2e-6, 0);
  }

  void checkProjection() {
    const json& expected = c_.at("ep_init");
    WeightParameters fresh{floats(expected.at("v_before_projection")).view(shape_),
                           torch::empty({channels_}), torch::empty({channels_})};
    initialiseScales(fresh, rule_);
    projectToBudget(fresh, rule_);
    compare("projected weight", toVector(fresh.v), numbers(expected.at("projected_weight")), 1e-4,
            1e-6);
    compare("t after EP-init", toVector(fresh.t), numbers(c_.at("t")), 1e-5, 1e-5);
  }

  [[nodiscard]] std::size_t channelOf(std::size_t index) const {
    return index / (q_.size() / static_cast<std::size_t>(channels_));
  }

  const json& c_;
  CaseReport report_;
  std::int64_t channels_ = 0;
  std::vector<std::int64_t> shape_;
  IntegerFormat format_;
  WeightRule rule_;
  WeightParameters parameters_;
  QuantizedWeight quantized_;
  std::vector<double> q_;
  std::vector<double> expected_q_;
};

}  // namespace

Result<std::vector<CaseReport>> checkVectorFile(const std::filesystem::path& path) {
  auto text = readFile(path);
  if (!text) return forward(std::move(text));
  const json file = json::parse(withQuotedNans(std::move(*text)), nullptr, false);
  if (file.is_discarded() || !file.is_object() || !file.contains("cases")) {
    return fail(ErrorCode::kFileFormat, "'" + path.string() + "' is not a file of reference cases",
                "expected a JSON object with 'meta' and 'cases'");
  }
  if (file.at("meta").value("format", "") != "a2q-vectors-1") {
    return fail(ErrorCode::kFileFormat, "'" + path.string() + "' has an unknown format",
                "expected meta.format = a2q-vectors-1");
  }
  std::vector<CaseReport> reports;
  for (const json& entry : file.at("cases")) {
    try {
      reports.push_back(Case(entry).run());
    } catch (const std::exception& problem) {
      reports.push_back({entry.value("id", "?"), {problem.what()}});
    }
  }
  return reports;
}

}  // namespace a2q::test
