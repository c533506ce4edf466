// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <optional>

#include "app/workbench/hardware/hardware_estimate.h"
#include "app/workbench/run/short_lane.h"
#include "views/common/run_story.h"

namespace a2q::views {
class InspectorView;
class ResourcesView;
}  // namespace a2q::views

namespace a2q::workbench {

class Document;
class RunFeed;
class Settings;
struct HardwareChoice;

/// Estimates the network of the document on a device, on a short lane, whenever one of them or
/// something that a person decides changes: bits tried in the inspector, policy, PE and SIMD.
class HardwareController : public QObject {
  Q_OBJECT

 public:
  HardwareController(Document& document, RunFeed& feed, views::InspectorView& inspector,
                     views::ResourcesView& view, Settings& settings, QObject* parent);

  /// The newest answer; null before the first.
  [[nodiscard]] const views::HardwarePointer& story() const { return story_; }
  /// The answer to what the document says, without bits that are only tried; null while it is on
  /// its way.
  [[nodiscard]] const views::HardwarePointer& documentStory() const { return document_story_; }
  /// Hears of blocks that were synthesised; designs with them show it, now and later.
  void learn(const std::vector<BlockSynthesis>& blocks);
  [[nodiscard]] const SynthesisTable& synthesised() const { return synthesised_; }
  /// A newer answer is on its way.
  [[nodiscard]] bool busy() const { return lane_.busy(); }

 Q_SIGNALS:
  /// documentStory() is another one.
  void changed();
  /// story() is another one.
  void shownChanged();
  void copyWanted(const QString& line);

 private:
  void connectView();
  void ask();
  void take(const std::optional<views::HardwareStory>& story);
  void show(views::HardwareStory story);
  void choose(const HardwareChoice& choice);
  void runShown();
  void tryBits(const QuantSpec& wanted);
  void fold(const QString& layer, qint64 pe, qint64 simd);
  void copy();
  [[nodiscard]] HardwareQuestion question() const;

  Document& document_;
  RunFeed& feed_;
  views::ResourcesView& view_;
  Settings& settings_;
  std::shared_ptr<const RunRecord> record_;  ///< of the run that is shown
  std::optional<QuantSpec> tried_;           ///< in the inspector
  std::optional<AccumulatorPolicy> policy_;
  FoldingOverrides overrides_;
  SynthesisTable synthesised_;  ///< in this session
  views::HardwarePointer story_;
  views::HardwarePointer document_story_;
  QTimer timer_;
  ShortLane lane_;
};

}  // namespace a2q::workbench
