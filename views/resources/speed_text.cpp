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

QString text(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString nameOf(const Block& block) { return text(blockName(block)); }

QString layerName(const DesignPlan& plan, std::size_t layer) {
  return QString::fromStdString(plan.design.network.layers[layer].name).toHtmlEscaped();
}

QString digits(double value) {
  constexpr int kDigits = 4;
  return QString::number(value, 'g', kDigits);
}

/// The clock that was asked for, or the estimate with its range.
QString clockText(const HardwareStory& story) {
  const DesignPlan& plan = *story.plan;
  if (story.request.clock_hz) return Words::tr("%1 MHz").arg(digits(kMega * plan.clock_hz));
  return Words::tr("%1 MHz (%2 to %3)")
      .arg(std::lround(kMega * plan.clock.hz))
      .arg(std::lround(kMega * plan.clock.low))
      .arg(std::lround(kMega * plan.clock.high));
}

/// 1 / (base + levels + carries + ...) with the path that it is about.
QString clockTip(const DesignPlan& plan) {
  const ClockEstimate& clock = plan.clock;
  const Stage& stage = plan.design.stages[clock.stage];
  const QString path =
      Words::tr("%1 in the %2 of %3, %4 look-up tables and %5 carries deep")
          .arg(text(clock.path.name), nameOf(stage.block), layerName(plan, stage.layer),
               digits(clock.path.levels), digits(clock.path.carries));
  return Words::tr(
             "Highest clock = 1 / delay of the slowest path = %1 MHz, seen from %2 to %3 MHz: "
             "%4 [estimate, %5]")
      .arg(digits(kMega * clock.hz), digits(kMega * clock.low), digits(kMega * clock.high), path,
           text(clock.source).toHtmlEscaped());
}

}  // namespace

QString rateText(double rate) { return Words::tr("%1 samples/s").arg(grouped(std::llround(rate))); }

QString speedText(const HardwareStory& story) {
  const DesignPlan& plan = *story.plan;
  const Stage& slowest = plan.design.stages[plan.design.bottleneck];
  return Words::tr("%1, latency %2 ms, a sample every %3 cycles at %4; bottleneck: %5 of %6")
      .arg(rateText(plan.rate()), digits(kMilli * plan.latency()), grouped(plan.design.interval),
           clockText(story), nameOf(slowest.block), layerName(plan, slowest.layer));
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
                ? Words::tr("The clock is the one asked for")
                : Words::tr("The clock is the highest that the design is estimated to reach"));
  if (plan.clock_hz > plan.clock.high) {
    lines << Words::tr("It is faster than the design is estimated to reach");
  }
  lines << clockTip(plan);
  if (!plan.proven) {
    lines << Words::tr(
        "A better folding is not ruled out: two resources bind at once, or a FIFO decides");
  }
  lines << Words::tr("Areas: [%1]").arg(sourceText(story).toHtmlEscaped());
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace a2q::views
