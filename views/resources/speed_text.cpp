// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "views/common/number_text.h"
#include "views/resources/resource_text.h"

namespace a2q::views {
namespace {

constexpr double kMilli = 1e3;
constexpr double kMega = 1e-6;

class Words {
  Q_DECLARE_TR_FUNCTIONS(Resources)
};

QString nameOf(const Block& block) {
  const std::string_view name = blockName(block);
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString digits(double value) {
  constexpr int kDigits = 4;
  return QString::number(value, 'g', kDigits);
}

}  // namespace

QString rateText(double rate) { return Words::tr("%1 samples/s").arg(grouped(std::llround(rate))); }

QString speedText(const HardwareStory& story) {
  const DesignPlan& plan = *story.plan;
  const Stage& slowest = plan.design.stages[plan.design.bottleneck];
  return Words::tr("%1, latency %2 ms, a sample every %3 cycles at %4 MHz; bottleneck: %5 of %6")
      .arg(rateText(plan.rate()), digits(kMilli * plan.latency()), grouped(plan.design.interval),
           digits(kMega * plan.clock_hz), nameOf(slowest.block),
           QString::fromStdString(plan.design.network.layers[slowest.layer].name).toHtmlEscaped());
}

QString speedTip(const HardwareStory& story) {
  const DesignPlan& plan = *story.plan;
  QStringList lines;
  lines << Words::tr("Rate = clock / initiation interval = %1 MHz / %2 = %3 [estimate]")
               .arg(digits(kMega * plan.clock_hz), grouped(plan.design.interval),
                    rateText(plan.rate()));
  lines << Words::tr(
               "Latency = cycles from the first input to the last output / clock = %1 / %2 "
               "MHz = %3 ms [estimate]")
               .arg(grouped(plan.design.latency), digits(kMega * plan.clock_hz),
                    digits(kMilli * plan.latency()));
  lines << (story.request.clock_hz
                ? Words::tr(
                      "The clock is the one asked for; the device usually reaches %1 to %2 MHz; "
                      "the estimate does not know the timing")
                : Words::tr(
                      "The clock is the middle of what the device usually reaches: %1 to %2 MHz; "
                      "the estimate does not know the timing"))
               .arg(digits(kMega * story.request.device->clock_low_hz),
                    digits(kMega * story.request.device->clock_high_hz));
  if (!plan.proven) {
    lines << Words::tr(
        "A better folding is not ruled out: two resources bind at once, or a FIFO decides");
  }
  lines << Words::tr("Areas: [%1]").arg(sourceText(story));
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace a2q::views
