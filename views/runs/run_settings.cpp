// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/run_settings.h"

#include <QElapsedTimer>

#include "core/network/experiment.h"

namespace a2q::views {
namespace {

void read(RunSettings& settings) {
  const auto experiment = parseExperiment(settings.text, "specification");
  if (!experiment) {
    settings.state = RunSettings::State::kUnreadable;
    settings.error = QString::fromStdString(describe(experiment.error()));
    return;
  }
  const QuantSpec& quant = experiment->quant;
  settings.method = QString::fromUtf8(methodName(quant.method).data());
  if (quant.method != QuantMethod::kFloat) {
    settings.weight_bits = quant.weight_bits.bits;
    settings.activation_bits = quant.activation_bits.bits;
    settings.accumulator_bits = quant.accumulator_bits.bits;
  }
  settings.facts = settingsOf(*experiment);
  settings.by_key.reserve(settings.facts.size());
  for (const Fact& fact : settings.facts) settings.by_key.emplace(fact.where, fact.value);
  settings.state = RunSettings::State::kRead;
}

}  // namespace

std::string_view RunSettings::value(std::string_view key) const {
  const auto found = by_key.find(key);
  return found == by_key.end() ? std::string_view() : found->second;
}

SettingsReader::SettingsReader(QObject* parent) : QObject(parent) {
  timer_.setInterval(0);
  connect(&timer_, &QTimer::timeout, this, &SettingsReader::readSome);
}

SettingsPointer SettingsReader::of(const std::string& text) {
  const auto found = known_.find(text);
  if (found != known_.end()) return found->second;
  auto settings = std::make_shared<RunSettings>();
  settings->text = text;
  known_.emplace(settings->text, settings);
  waiting_.push_back(settings);
  timer_.start();
  return settings;
}

void SettingsReader::forgetUnused() {
  std::erase_if(waiting_, [](const auto& settings) { return settings.use_count() == 2; });
  std::erase_if(known_, [](const auto& entry) { return entry.second.use_count() == 1; });
}

void SettingsReader::readSome() {
  constexpr qint64 kMilliseconds = 4;
  QElapsedTimer clock;
  clock.start();
  while (!waiting_.empty() && clock.elapsed() < kMilliseconds) {
    read(*waiting_.front());
    waiting_.pop_front();
  }
  if (waiting_.empty()) timer_.stop();
  Q_EMIT progressed();
}

}  // namespace a2q::views
