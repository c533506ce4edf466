// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/inspector_facts.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "core/network/graph.h"
#include "views/common/number_text.h"
#include "views/inspector/formula_text.h"
#include "views/inspector/layer_text.h"

namespace a2q::views {
namespace {

/// Texts of facts, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Facts)
};

constexpr auto kDash = "–";

QString dash() { return QString::fromUtf8(kDash); }
QString exact() { return Words::tr("[exact]"); }
QString bound() { return Words::tr("[bound]"); }

QString bitsOrFree(const std::optional<BitWidth>& bits) {
  return bits ? QString::number(bits->bits) : Words::tr("free");
}

SignedSums worstSums(const RunStory& story, const LayerFacts& layer) {
  const LayerSnapshot* found = findLayer(story, layer.layer);
  const bool known = found != nullptr && layer.norms && layer.norms->worst < found->channels.size();
  return known ? found->channels[layer.norms->worst] : SignedSums{};
}

BudgetShare shareOf(const LayerFacts& layer, std::optional<std::int64_t> l1, const QString& tip) {
  if (!layer.budget) return {{}, Words::tr("no budget: P is free"), tip};
  if (!l1) return {{}, Words::tr("no weights before the first batch"), tip};
  const double share = static_cast<double>(*l1) / layer.budget->value();
  const QString text = layer.budget->allows(*l1)
                           ? Words::tr("%1 of the budget").arg(percentText(share))
                           : Words::tr("OVER: %1 of the budget").arg(percentText(share));
  return {share, text, tip};
}

QString normOverBudget(const LayerFacts& layer, std::int64_t l1) {
  const QString budget = layer.budget ? grouped(layer.budget->floor()) : dash();
  return QStringLiteral("%1 / %2").arg(grouped(l1), budget);
}

/// The settings that a layer and its channels share.
void addSettings(std::vector<Fact>& facts, const LayerFacts& layer) {
  facts.push_back({Words::tr("M · N · P"),
                   QStringLiteral("%1 · %2 · %3")
                       .arg(layer.weight_bits.bits)
                       .arg(layer.input_format.width.bits)
                       .arg(bitsOrFree(layer.accumulator)),
                   {},
                   Words::tr("Bits of the weights, of the codes that enter, of the accumulator.") +
                       QLatin1Char('\n') + dataTypeFormula(layer)});
  facts.push_back({Words::tr("Method"), ruleName(layer.rule), {}, budgetFormula(layer)});
  facts.push_back({Words::tr("Input codes"),
                   inputText(layer),
                   {},
                   Words::tr("N = %1 bits; the codes that really occur are %2 … %3.")
                       .arg(layer.input_format.width.bits)
                       .arg(layer.input_range.minimum)
                       .arg(layer.input_range.maximum)});
}

/// The lines that follow from sums: norm, margins, smallest P.
void addMargins(std::vector<Fact>& facts, const LayerFacts& layer, SignedSums sums,
                AccumulatorRange range) {
  facts.push_back({layer.budget ? Words::tr("‖q‖₁ / budget") : Words::tr("‖q‖₁"),
                   layer.budget ? normOverBudget(layer, sums.l1()) : grouped(sums.l1()), exact(),
                   normFormula(layer, sums)});
  std::optional<double> l1_bits;
  if (layer.budget) l1_bits = marginOf(sums.l1(), *layer.budget).bits;
  facts.push_back(
      {Words::tr("L1 margin"), bitsText(l1_bits), bound(), l1MarginFormula(layer, sums.l1())});
  std::optional<double> bits;
  if (layer.accumulator) bits = marginOf(range, AccumulatorSpec{*layer.accumulator}).bits;
  facts.push_back(
      {Words::tr("Exact margin"), bitsText(bits), exact(), marginFormula(layer, range)});
  facts.push_back({Words::tr("Smallest P"), QString::number(smallestAccumulator(range).bits),
                   exact(), smallestFormula(range)});
}

std::optional<AccumulatorRange> observedOf(const RunStory& story, const std::string& layer,
                                           int channel) {
  if (!story.observed) return std::nullopt;
  const auto found = std::ranges::find(*story.observed, layer, &ObservedLayer::layer);
  const auto at = static_cast<std::size_t>(channel);
  if (found == story.observed->end() || at >= found->channels.size()) return std::nullopt;
  return found->channels[at];
}

QString rangeText(AccumulatorRange range) {
  return QStringLiteral("%1 … %2").arg(grouped(range.low), grouped(range.high));
}

/// The layer for which a number is worst, with that number.
void addExtremes(std::vector<Fact>& facts, const std::vector<LayerFacts>& layers) {
  const LayerFacts* fullest = nullptr;
  const LayerFacts* tightest = nullptr;
  const LayerFacts* widest = nullptr;
  for (const LayerFacts& layer : layers) {
    if (!layer.norms) continue;
    const NormFacts& norms = *layer.norms;
    if (norms.share && (!fullest || *norms.share > *fullest->norms->share)) fullest = &layer;
    if (norms.margin && (!tightest || norms.margin->bits < tightest->norms->margin->bits)) {
      tightest = &layer;
    }
    if (!widest || norms.smallest > widest->norms->smallest) widest = &layer;
  }
  const auto of = [](const QString& value, const LayerFacts* layer) {
    return layer == nullptr ? dash() : QStringLiteral("%1, %2").arg(value, nameOf(layer->layer));
  };
  facts.push_back({Words::tr("Fullest budget"),
                   of(fullest ? percentText(*fullest->norms->share) : QString(), fullest), exact(),
                   fullest ? budgetFormula(*fullest) : QString()});
  facts.push_back({Words::tr("Worst margin"),
                   of(tightest ? bitsText(tightest->norms->margin->bits) : QString(), tightest),
                   exact(),
                   tightest ? marginFormula(*tightest, tightest->norms->range) : QString()});
  facts.push_back({Words::tr("Smallest P"),
                   of(widest ? QString::number(widest->norms->smallest.bits) : QString(), widest),
                   exact(), widest ? smallestFormula(widest->norms->range) : QString()});
}

void addVerdict(std::vector<Fact>& facts, const std::vector<LayerFacts>& layers) {
  double zeros = 0;
  double weights = 0;
  int unsafe = 0;
  int judged = 0;
  for (const LayerFacts& layer : layers) {
    if (!layer.norms) continue;
    const double count = static_cast<double>(layer.k) * static_cast<double>(layer.channels);
    weights += count;
    zeros += layer.norms->sparsity * count;
    judged += layer.accumulator ? 1 : 0;
    unsafe += layer.norms->safe ? 0 : 1;
  }
  facts.push_back({Words::tr("Sparsity"), weights > 0 ? percentText(zeros / weights) : dash(),
                   exact(),
                   Words::tr("zero weights / weights = %1 / %2 [exact]")
                       .arg(grouped(std::llround(zeros)), grouped(static_cast<Int128>(weights)))});
  const QString verdict = judged == 0  ? dash()
                          : unsafe > 0 ? Words::tr("⚠ possible in %1 layers").arg(unsafe)
                                       : Words::tr("✓ none in %1 layers").arg(judged);
  facts.push_back({Words::tr("Overflow"), verdict, exact(),
                   Words::tr("Decided with integers: lo and hi of every channel against "
                             "[−2^(P−1), 2^(P−1) − 1], for the layers with a target P.")});
}

}  // namespace

FactSheet networkSheet(const RunStory& story, const std::vector<LayerFacts>& layers) {
  FactSheet sheet;
  const QuantSpec& quant = story.experiment.quant;
  Int128 channels = 0;
  Int128 weights = 0;
  for (const LayerFacts& layer : layers) {
    channels += layer.channels;
    weights += Int128{layer.channels} * layer.k;
  }
  sheet.facts.push_back({Words::tr("Network"), nameOf(story.experiment.network.name), {}, {}});
  sheet.facts.push_back({Words::tr("Method"), methodText(quant.method), {}, {}});
  sheet.facts.push_back(
      {Words::tr("M · N · P"),
       quant.method == QuantMethod::kFloat ? dash()
                                           : QStringLiteral("%1 · %2 · %3")
                                                 .arg(quant.weight_bits.bits)
                                                 .arg(quant.activation_bits.bits)
                                                 .arg(quant.accumulator_bits.bits),
       {},
       Words::tr("Of the hidden layers; the first and the last one have a policy of their own.")});
  sheet.facts.push_back({Words::tr("Quantized"),
                         Words::tr("%1 layers, %2 channels")
                             .arg(grouped(static_cast<Int128>(layers.size())), grouped(channels)),
                         {},
                         Words::tr("One accumulator per output channel.")});
  sheet.facts.push_back({Words::tr("Weights"), grouped(weights), exact(),
                         Words::tr("Σ channels · K over the quantized layers [exact]")});
  addExtremes(sheet.facts, layers);
  addVerdict(sheet.facts, layers);
  sheet.budget.text = layers.empty() ? Words::tr("a float network has no budgets")
                                     : Words::tr("select a layer for its budget");
  return sheet;
}

FactSheet layerSheet(const RunStory& story, const LayerFacts& layer) {
  FactSheet sheet;
  sheet.facts.push_back(
      {Words::tr("Kind"), kindText(story.experiment.network, layer.layer), {}, {}});
  sheet.facts.push_back(
      {Words::tr("Shape"), shapeText(story.experiment.network, layer.layer), {}, {}});
  sheet.facts.push_back({Words::tr("K · channels"),
                         QStringLiteral("%1 · %2").arg(grouped(layer.k), grouped(layer.channels)),
                         {},
                         Words::tr("K = products that one output adds; a channel has one "
                                   "accumulator.")});
  addSettings(sheet.facts, layer);
  const SignedSums worst = worstSums(story, layer);
  const QString tip = normFormula(layer, worst);
  if (!layer.norms) {
    sheet.budget = shareOf(layer, {}, budgetFormula(layer));
    sheet.facts.push_back({Words::tr("Budget"),
                           layer.budget ? grouped(layer.budget->floor()) : dash(), bound(),
                           budgetFormula(layer)});
    return sheet;
  }
  addMargins(sheet.facts, layer, worst, layer.norms->range);
  sheet.facts.push_back(
      {Words::tr("Sparsity"), percentText(layer.norms->sparsity), exact(), sparsityFormula(layer)});
  sheet.budget = shareOf(layer, layer.norms->largest_l1, tip);
  return sheet;
}

FactSheet channelSheet(const RunStory& story, const LayerFacts& layer, int channel) {
  const LayerSnapshot* found = findLayer(story, layer.layer);
  const auto at = static_cast<std::size_t>(channel);
  if (found == nullptr || at >= found->channels.size()) return layerSheet(story, layer);
  const SignedSums sums = found->channels[at];
  const AccumulatorRange range = exactRange(sums, layer.input_range);
  FactSheet sheet;
  addSettings(sheet.facts, layer);
  sheet.facts.push_back({Words::tr("S⁺"), grouped(sums.positive), exact(),
                         Words::tr("S⁺ = Σ max(q, 0) = %1 [exact]").arg(grouped(sums.positive))});
  sheet.facts.push_back({Words::tr("S⁻"), grouped(sums.negative), exact(),
                         Words::tr("S⁻ = Σ max(−q, 0) = %1 [exact]").arg(grouped(sums.negative))});
  addMargins(sheet.facts, layer, sums, range);
  sheet.facts.push_back(
      {Words::tr("Reachable"), rangeText(range), exact(), rangeFormula(layer, sums)});
  const auto seen = observedOf(story, layer.layer, channel);
  sheet.facts.push_back(
      {Words::tr("Observed"), seen ? rangeText(*seen) : Words::tr("not measured"),
       seen ? Words::tr("[measured]") : QString(),
       seen ? Words::tr("Least and largest running sum on %1 test samples [measured]")
                  .arg(grouped(story.observed_samples))
            : Words::tr("“Measure on data” in the Accumulator pane runs test samples.")});
  sheet.budget = shareOf(layer, sums.l1(), normFormula(layer, sums));
  return sheet;
}

FactSheet otherSheet(const RunStory& story, const std::string& layer) {
  FactSheet sheet;
  sheet.facts.push_back({Words::tr("Kind"), kindText(story.experiment.network, layer), {}, {}});
  sheet.facts.push_back({Words::tr("Shape"), shapeText(story.experiment.network, layer), {}, {}});
  sheet.facts.push_back({Words::tr("Accumulators"), Words::tr("none: no weights"), {}, {}});
  sheet.budget.text = Words::tr("no budget: the layer has no weights");
  return sheet;
}

}  // namespace a2q::views
